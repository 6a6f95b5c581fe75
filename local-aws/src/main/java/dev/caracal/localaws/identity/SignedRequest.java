package dev.caracal.localaws.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * The parts of an HTTP request that an AWS signature covers.
 *
 * @param path as it came, percent-encoded
 * @param query as it came, without the question mark; empty where there is none
 * @param headers the values of a header, by name in any case; empty where it is missing
 * @param payloadHash what stands for the body in the canonical request
 */
public record SignedRequest(
        String method,
        String path,
        String query,
        Function<String, List<String>> headers,
        String payloadHash) {

    String header(String name) {
        return String.join(",", headers.apply(name));
    }

    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 digest in lower-case hex. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
