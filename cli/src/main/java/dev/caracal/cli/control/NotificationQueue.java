package dev.caracal.cli.control;

import dev.caracal.cli.Regions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The queue that the notifications of all log sources arrive in. */
public record NotificationQueue(String url, String region, String accountId, String name) {

    private static final Pattern URL =
            Pattern.compile("https?://([^/]+)/([0-9]{12})/([A-Za-z0-9_-]{1,80})/?");
    private static final Pattern AWS_HOST = Pattern.compile("sqs\\.([a-z0-9-]+)\\..+");

    /**
     * Reads a queue's URL.
     *
     * @param otherwise the region if the host does not name it, as that of a local server
     * @throws IllegalArgumentException if it is no queue's URL
     */
    public static NotificationQueue of(String url, String otherwise) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "sqs.queue-url is "
                            + url
                            + "; expected one such as"
                            + " https://sqs.us-east-1.amazonaws.com/123456789012/caracal-notifications");
        }
        Matcher host = AWS_HOST.matcher(matcher.group(1));
        String region = host.matches() ? host.group(1) : otherwise;
        return new NotificationQueue(url, region, matcher.group(2), matcher.group(3));
    }

    public String arn() {
        return "arn:" + Regions.partition(region) + ":sqs:" + region + ':' + accountId + ':' + name;
    }
}
