package dev.caracal.parsers.indicator;

import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.JsonVisitor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds AWS identifiers in free-form JSON, such as the request parameters of a CloudTrail event, by
 * the names under which AWS writes them. Under any other name, what looks like an ARN is one.
 */
public final class AwsJsonVisitor implements JsonVisitor {

    private static final Map<Scanner, List<String>> NAMES =
            Map.of(
                    Scanner.AWS_ARN, List.of("arn", "ARN", "aws:SourceArn"),
                    Scanner.AWS_INSTANCE_ID, List.of("instanceId", "instance-id"),
                    Scanner.AWS_ACCOUNT_ID, List.of("accountId", "account"),
                    Scanner.AWS_TAG, List.of("tags"),
                    Scanner.IP,
                            List.of(
                                    "ipv6Addresses",
                                    "publicIp",
                                    "privateIpAddress",
                                    "ipAddressV4",
                                    "sourceIPAddress"),
                    Scanner.DOMAIN, List.of("publicDnsName", "privateDnsName", "domain"));

    private static final byte[] TAGS = "tags".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACCOUNT_SUFFIX = "AccountId".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INSTANCE_SUFFIX = "InstanceId".getBytes(StandardCharsets.US_ASCII);

    /** Names by length: few names share one. */
    private static final NamedScanner[][] BY_LENGTH = byLength();

    private final IndicatorSet found;
    private byte[] bytes = new byte[0];

    private int depth;
    private int tagDepth = -1;
    private byte[] tagKey = new byte[0];
    private byte[] tagValue = new byte[0];

    public AwsJsonVisitor(IndicatorSet found) {
        this.found = found;
    }

    /** Begins with a new value, which the cursor is at. */
    public AwsJsonVisitor start(JsonCursor cursor) {
        bytes = cursor.bytes();
        depth = 0;
        tagDepth = -1;
        return this;
    }

    @Override
    public void beginObject(int keyStart, int keyEnd) {
        depth++;
        if (is(TAGS, keyStart, keyEnd)) {
            tagDepth = depth;
            tagKey = new byte[0];
            tagValue = new byte[0];
        }
    }

    @Override
    public void endObject() {
        if (depth == tagDepth) {
            addTag();
            tagDepth = -1;
        }
        depth--;
    }

    @Override
    public void string(JsonCursor cursor, int keyStart, int keyEnd) {
        if (depth == tagDepth && collectTag(cursor, keyStart, keyEnd)) {
            return;
        }
        Scanner scanner = scanner(keyStart, keyEnd);
        if (scanner == null) {
            int start = cursor.tokenStart();
            // A cheap look before anything is decoded; an ARN's first letters are never escaped.
            if (!AwsScan.looksLikeArn(bytes, start, cursor.tokenEnd() - start)) {
                return;
            }
            scanner = Scanner.AWS_ARN;
        }
        JsonText text = cursor.text();
        scanner.scan(text.bytes(), text.offset(), text.length(), found);
    }

    private @Nullable Scanner scanner(int start, int end) {
        int length = end - start;
        if (length < BY_LENGTH.length) {
            for (NamedScanner candidate : BY_LENGTH[length]) {
                if (is(candidate.name, start, end)) {
                    return candidate.scanner;
                }
            }
        }
        if (endsWith(ACCOUNT_SUFFIX, start, end)) {
            return Scanner.AWS_ACCOUNT_ID;
        }
        return endsWith(INSTANCE_SUFFIX, start, end) ? Scanner.AWS_INSTANCE_ID : null;
    }

    private boolean collectTag(JsonCursor cursor, int keyStart, int keyEnd) {
        if (is(KEY, keyStart, keyEnd)) {
            tagKey = bytesOf(cursor.text());
            return true;
        }
        if (is(VALUE, keyStart, keyEnd)) {
            tagValue = bytesOf(cursor.text());
            return true;
        }
        return false;
    }

    private void addTag() {
        if (tagKey.length == 0 || tagValue.length == 0) {
            return;
        }
        byte[] tag = Arrays.copyOf(tagKey, tagKey.length + 1 + tagValue.length);
        tag[tagKey.length] = ':';
        System.arraycopy(tagValue, 0, tag, tagKey.length + 1, tagValue.length);
        found.add(Indicator.AWS_TAG, tag, 0, tag.length);
    }

    private static byte[] bytesOf(JsonText text) {
        return Arrays.copyOfRange(text.bytes(), text.offset(), text.offset() + text.length());
    }

    private boolean is(byte[] name, int start, int end) {
        return Arrays.equals(name, 0, name.length, bytes, start, end);
    }

    private boolean endsWith(byte[] suffix, int start, int end) {
        return end - start >= suffix.length && is(suffix, end - suffix.length, end);
    }

    private static NamedScanner[][] byLength() {
        NamedScanner[][] result = new NamedScanner[20][0];
        NAMES.forEach(
                (scanner, names) -> {
                    for (String name : names) {
                        NamedScanner[] same = result[name.length()];
                        NamedScanner[] more = Arrays.copyOf(same, same.length + 1);
                        more[same.length] =
                                new NamedScanner(name.getBytes(StandardCharsets.UTF_8), scanner);
                        result[name.length()] = more;
                    }
                });
        return result;
    }

    private static final class NamedScanner {
        private final byte[] name;
        private final Scanner scanner;

        NamedScanner(byte[] name, Scanner scanner) {
            this.name = name;
            this.scanner = scanner;
        }
    }
}
