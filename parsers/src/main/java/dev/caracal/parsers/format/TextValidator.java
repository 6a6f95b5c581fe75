package dev.caracal.parsers.format;

import dev.caracal.parsers.indicator.IpAddress;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Validation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Checks the text of a field against {@code validate}. */
final class TextValidator {

    private final Validation validation;
    private final byte[][] allow;
    private final byte[][] deny;
    private final boolean active;

    TextValidator(Validation validation) {
        this.validation = validation;
        this.allow = encode(validation.allow());
        this.deny = encode(validation.deny());
        this.active = !validation.equals(Validation.NONE);
    }

    boolean isActive() {
        return active;
    }

    void check(byte[] bytes, int offset, int length) throws MismatchException {
        if (!active) {
            return;
        }
        if (allow.length > 0) {
            if (!contains(allow, bytes, offset, length)) {
                String allowed = String.join(", ", new TreeSet<>(validation.allow()));
                throw ValueConverter.wrong("one of " + allowed, bytes, offset, length);
            }
        } else if (contains(deny, bytes, offset, length)) {
            throw ValueConverter.wrong("another value", bytes, offset, length);
        }
        if (!isAddress(validation.ip(), bytes, offset, length)) {
            throw ValueConverter.wrong("an IP address", bytes, offset, length);
        }
        if (validation.cidr() != Validation.Address.UNCHECKED && !isRange(bytes, offset, length)) {
            throw ValueConverter.wrong("an IP range in CIDR form", bytes, offset, length);
        }
    }

    private boolean isRange(byte[] bytes, int offset, int length) {
        int slash = length - 1;
        while (slash >= 0 && bytes[offset + slash] != '/') {
            slash--;
        }
        int digits = length - slash - 1;
        if (slash < 0 || digits < 1 || digits > 3) {
            return false;
        }
        int bits = 0;
        for (int i = offset + slash + 1; i < offset + length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
            bits = bits * 10 + bytes[i] - '0';
        }
        int maxBits = IpAddress.isV4(bytes, offset, slash) ? 32 : 128;
        return bits <= maxBits && isAddress(validation.cidr(), bytes, offset, slash);
    }

    private static boolean isAddress(
            Validation.Address version, byte[] bytes, int offset, int length) {
        return switch (version) {
            case UNCHECKED -> true;
            case ANY -> IpAddress.isAddress(bytes, offset, length);
            case IPV4 -> IpAddress.isV4(bytes, offset, length);
            case IPV6 -> IpAddress.isV6(bytes, offset, length);
        };
    }

    private static boolean contains(byte[][] values, byte[] bytes, int offset, int length) {
        for (byte[] value : values) {
            if (Arrays.equals(value, 0, value.length, bytes, offset, offset + length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[][] encode(Set<String> values) {
        return values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }
}
