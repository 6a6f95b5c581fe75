package dev.caracal.parsers.json;

/** UTF-8 sequences as RFC 3629 allows them: no overlong forms, no surrogates. */
public final class Utf8 {

    private Utf8() {}

    /**
     * The length of the multi-byte sequence that starts at {@code position}.
     *
     * @return 2 to 4, or 0 when the bytes are not a valid sequence or are cut off by {@code end}
     */
    public static int sequence(byte[] bytes, int position, int end) {
        int lead = bytes[position] & 0xff;
        int available = end - position;
        if (lead >= 0xc2 && lead <= 0xdf) {
            return available >= 2 && continues(bytes[position + 1]) ? 2 : 0;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return available >= 3
                            && second(lead, bytes[position + 1] & 0xff)
                            && continues(bytes[position + 2])
                    ? 3
                    : 0;
        }
        if (lead >= 0xf0 && lead <= 0xf4) {
            return available >= 4
                            && second(lead, bytes[position + 1] & 0xff)
                            && continues(bytes[position + 2])
                            && continues(bytes[position + 3])
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean second(int lead, int second) {
        return switch (lead) {
            case 0xe0 -> second >= 0xa0 && second <= 0xbf;
            case 0xed -> second >= 0x80 && second <= 0x9f;
            case 0xf0 -> second >= 0x90 && second <= 0xbf;
            case 0xf4 -> second >= 0x80 && second <= 0x8f;
            default -> second >= 0x80 && second <= 0xbf;
        };
    }

    private static boolean continues(byte value) {
        return (value & 0xc0) == 0x80;
    }
}
