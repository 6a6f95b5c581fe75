package dev.caracal.connectors.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of addresses that begin with the same bits (RFC 4632), such as {@code 10.0.0.0/8}. */
record Network(byte[] address, int prefixLength) {

    /** Digits only, so that parsing asks no name server. */
    private static final Pattern FORM =
            Pattern.compile("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/([0-9]{1,3})");

    Network {
        if (prefixLength < 0 || prefixLength > address.length * 8) {
            throw new IllegalArgumentException(
                    "prefix length is " + prefixLength + ", expected 0 to " + address.length * 8);
        }
    }

    /**
     * @throws IllegalArgumentException if the text is not ADDRESS/LENGTH
     */
    static Network parse(String text) {
        Matcher matcher = FORM.matcher(text);
        try {
            if (matcher.matches()) {
                return new Network(
                        InetAddress.getByName(matcher.group(1)).getAddress(),
                        Integer.parseInt(matcher.group(2)));
            }
        } catch (UnknownHostException e) {
            // Not an address, as below.
        }
        throw new IllegalArgumentException(
                "network is \"" + text + "\", expected one such as 10.0.0.0/8");
    }

    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
