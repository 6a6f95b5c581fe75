package dev.caracal.parsers.indicator;

/** Scanners of AWS identifiers. */
final class AwsScan {

    private AwsScan() {}

    static void accountId(byte[] bytes, int offset, int length, IndicatorSet found) {
        if (length != 12) {
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return;
            }
        }
        found.add(Indicator.AWS_ACCOUNT_ID, bytes, offset, length);
    }

    static void instanceId(byte[] bytes, int offset, int length, IndicatorSet found) {
        if (length > 2 && bytes[offset] == 'i' && bytes[offset + 1] == '-') {
            found.add(Indicator.AWS_INSTANCE_ID, bytes, offset, length);
        }
    }

    static boolean looksLikeArn(byte[] bytes, int offset, int length) {
        return length > 4
                && bytes[offset] == 'a'
                && bytes[offset + 1] == 'r'
                && bytes[offset + 2] == 'n'
                && bytes[offset + 3] == ':';
    }

    /**
     * {@code arn:partition:service:region:account:resource}. Adds the ARN, its account, and the
     * instance when the resource is {@code instance/i-...}.
     */
    static void arn(byte[] bytes, int offset, int length, IndicatorSet found) {
        if (!looksLikeArn(bytes, offset, length)) {
            return;
        }
        int end = offset + length;
        int account = offset;
        int resource = offset;
        for (int colons = 0; colons < 5; colons++) {
            account = resource;
            resource = Scan.indexOf(bytes, resource, end, ':') + 1;
            if (resource == 0) {
                return;
            }
        }
        found.add(Indicator.AWS_ARN, bytes, offset, length);
        accountId(bytes, account, resource - 1 - account, found);
        if (startsWith(bytes, resource, end, "instance/")) {
            int id = resource + "instance/".length();
            instanceId(bytes, id, end - id, found);
        }
    }

    private static boolean startsWith(byte[] bytes, int offset, int end, String prefix) {
        if (end - offset < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (bytes[offset + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
