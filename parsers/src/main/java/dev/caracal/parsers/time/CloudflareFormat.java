package dev.caracal.parsers.time;

/**
 * What Cloudflare's Logpush writes, depending on the job's settings: RFC 3339, or a whole number of
 * seconds or, from 60,000,000,000 on, nanoseconds.
 */
record CloudflareFormat() implements TimeFormat {

    private static final Rfc3339Format RFC3339 = new Rfc3339Format();
    private static final UnixFormat SECONDS = new UnixFormat("unix", 0);
    private static final UnixFormat NANOS = new UnixFormat("unix_ns", 9);
    private static final int DIGITS_OF_60_BILLION = 11;

    @Override
    public String name() {
        return "cloudflare";
    }

    @Override
    public boolean parse(byte[] bytes, int offset, int length, Timestamp result) {
        if (Digits.count(bytes, offset, offset + length) < length) {
            return RFC3339.parse(bytes, offset, length, result);
        }
        boolean nanos =
                length > DIGITS_OF_60_BILLION
                        || (length == DIGITS_OF_60_BILLION && bytes[offset] >= '6');
        return (nanos ? NANOS : SECONDS).parse(bytes, offset, length, result);
    }
}
