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
        int account = part(4, bytes, offset, length);
        int resource = part(5, bytes, offset, length);
        if (resource < 0) {
            return;
        }
        int end = offset + length;
        found.add(Indicator.AWS_ARN, bytes, offset, length);
        accountId(bytes, account, resource - 1 - account, found);
        if (startsWith(bytes, resource, end, "instance/")) {
            int id = resource + "instance/".length();
            instanceId(bytes, id, end - id, found);
        }
    }

    /** Adds the ARN, and nothing of what is in it. */
    static void arnOnly(byte[] bytes, int offset, int length, IndicatorSet found) {
        if (part(5, bytes, offset, length) >= 0) {
            found.add(Indicator.AWS_ARN, bytes, offset, length);
        }
    }

    /** Where the part of that number, counted from 0, starts in an ARN; -1 if there is none. */
    private static int part(int number, byte[] bytes, int offset, int length) {
        if (!looksLikeArn(bytes, offset, length)) {
            return -1;
        }
        int start = offset;
        for (int i = 0; i < number; i++) {
            start = Scan.indexOf(bytes, start, offset + length, ':') + 1;
            if (start == 0) {
                return -1;
            }
        }
        return start;
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
