package dev.caracal.localaws.identity;

import dev.caracal.localaws.http.AwsError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code Authorization} header of AWS Signature Version 4: {@code AWS4-HMAC-SHA256
 * Credential=id/date/region/service/aws4_request, SignedHeaders=…, Signature=…}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed AWS API request</a>
 */
public record SignatureV4(
        String accessKeyId,
        String date,
        String region,
        String service,
        List<String> signedHeaders,
        String signature) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern HEADER =
            Pattern.compile(
                    ALGORITHM
                            + " +Credential=([^/,]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request"
                            + ", *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})");

    public SignatureV4 {
        signedHeaders = List.copyOf(signedHeaders);
    }

    public static SignatureV4 parse(String authorization) {
        Matcher matcher = HEADER.matcher(authorization.strip());
        if (!matcher.matches()) {
            throw new AwsError(
                    400,
                    "AuthorizationHeaderMalformed",
                    "The authorization header is malformed; AWS Signature Version 4 is expected.");
        }
        return new SignatureV4(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4),
                List.of(matcher.group(5).split(";")),
                matcher.group(6));
    }

    boolean matches(SignedRequest request, String secret) {
        String scope = String.join("/", date, region, service, "aws4_request");
        String toSign =
                String.join(
                        "\n",
                        ALGORITHM,
                        request.header("x-amz-date"),
                        scope,
                        SignedRequest.sha256(canonical(request)));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date, region, service, "aws4_request")) {
            key = hmac(key, part);
        }
        byte[] expected = hmac(key, toSign);
        return MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature));
    }

    private String canonical(SignedRequest request) {
        String headers =
                signedHeaders.stream()
                        .map(name -> name + ":" + trim(request.header(name)) + "\n")
                        .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                request.path(),
                canonicalQuery(request.query()),
                headers,
                String.join(";", signedHeaders),
                request.payloadHash());
    }

    private static String trim(String value) {
        return value.strip().replaceAll(" +", " ");
    }

    private static String canonicalQuery(String query) {
        if (query.isEmpty()) {
            return "";
        }
        return Arrays.stream(query.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.indexOf('=') < 0 ? pair + "=" : pair)
                .map(pair -> pair.split("=", 2))
                .sorted(
                        Comparator.comparing((String[] pair) -> pair[0])
                                .thenComparing(pair -> pair[1]))
                .map(pair -> pair[0] + "=" + pair[1])
                .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
