package dev.caracal.localaws.s3;

import dev.caracal.localaws.http.AwsError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The {@code aws-chunked} encoding of a request body: {@code size-in-hex;chunk-signature=…}, a line
 * break, so many bytes, a line break; a chunk of size 0 ends it. Chunk signatures are not checked
 * here.
 */
final class AwsChunked {
    private AwsChunked() {}

    static byte[] decode(byte[] encoded) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        int at = 0;
        while (at < encoded.length) {
            int end = at;
            while (end < encoded.length && encoded[end] != '\r') {
                end++;
            }
            String line = new String(encoded, at, end - at, StandardCharsets.US_ASCII);
            int size = size(line);
            if (size == 0) {
                return decoded.toByteArray();
            }
            int start = end + 2;
            if (size < 0 || start + size > encoded.length) {
                break;
            }
            decoded.write(encoded, start, size);
            at = start + size + 2;
        }
        throw new AwsError(400, "IncompleteBody", "The request body ends before its last chunk.");
    }

    private static int size(String line) {
        int semicolon = line.indexOf(';');
        try {
            return Integer.parseInt(semicolon < 0 ? line : line.substring(0, semicolon), 16);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
