package dev.caracal.rules.lookup;

import dev.caracal.parsers.indicator.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as a number. An IPv6 address that stands for one of IPv4 ({@code ::ffff:1.2.3.4})
 * is that.
 *
 * @param high the first 64 bits; 0 for IPv4
 * @param low the last 64 bits, or the 32 of IPv4
 */
record IpNumber(boolean v4, long high, long low) {

    /** Null if the text is no address. */
    static @Nullable IpNumber parse(String text) {
        if (text.indexOf(':') >= 0) {
            return parseV6(text);
        }
        long number = 0;
        int part = -1;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && part >= 0 && ++dots < 4) {
                number = number << 8 | part;
                part = -1;
                continue;
            }
            // A leading zero would mean octal to some.
            if (c < '0' || c > '9' || part == 0) {
                return null;
            }
            part = Math.max(part, 0) * 10 + c - '0';
            if (part > 255) {
                return null;
            }
        }
        return dots == 3 && part >= 0 ? new IpNumber(true, 0, number << 8 | part) : null;
    }

    private static @Nullable IpNumber parseV6(String text) {
        byte[] literal = text.getBytes(StandardCharsets.UTF_8);
        if (!IpAddress.isV6(literal, 0, literal.length)) {
            return null;
        }
        try {
            // Asks no DNS, as the text is an address.
            return of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static IpNumber of(byte[] address) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        return address.length == 4
                ? new IpNumber(true, 0, bytes.getInt() & 0xffffffffL)
                : new IpNumber(false, bytes.getLong(), bytes.getLong());
    }

    InetAddress toInetAddress() {
        byte[] bytes =
                v4
                        ? ByteBuffer.allocate(4).putInt((int) low).array()
                        : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are an address", e);
        }
    }
}
