package dev.caracal.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in S3.
 *
 * @param prefix without a slash at its ends; empty for the whole bucket
 */
public record OutputLocation(String bucket, String prefix) {

    private static final Pattern FORM = Pattern.compile("s3://([a-z0-9][a-z0-9.-]+)(?:/+(.*?))?/*");

    /**
     * @throws IllegalArgumentException if the text is not {@code s3://bucket/prefix}
     */
    public static OutputLocation parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "output.location is \"" + text + "\", expected s3://bucket/prefix");
        }
        return new OutputLocation(
                matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
    }
}
