package dev.caracal.localaws.s3;

import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.identity.SignatureV4;
import dev.caracal.localaws.identity.SignedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.gaul.shaded.org.eclipse.jetty.server.Request;

/**
 * A request to S3 in path style, taken apart.
 *
 * @param bucket empty where the path is the root
 * @param key decoded; empty where only a bucket is named
 * @param copySource {@code bucket/key} of the object to copy from, decoded; empty where nothing is
 *     copied
 */
record S3Request(
        Request http,
        S3Operation operation,
        String bucket,
        String key,
        Map<String, String> parameters,
        String copySource) {

    static S3Request of(Request http) {
        String path = Optional.ofNullable(http.getHttpURI().getPath()).orElse("/");
        String[] parts = path.split("/", 3);
        String bucket = parts.length > 1 ? decodePath(parts[1]) : "";
        String key = parts.length > 2 ? decodePath(parts[2]) : "";
        Map<String, String> parameters = parameters(http.getHttpURI().getQuery());
        String source =
                Optional.ofNullable(http.getHeaders().get("x-amz-copy-source"))
                        .map(S3Request::decodePath)
                        .map(text -> text.startsWith("/") ? text.substring(1) : text)
                        .orElse("");
        S3Operation operation =
                S3Operation.of(
                        http.getMethod(), bucket, key, parameters.keySet(), !source.isEmpty());
        return new S3Request(http, operation, bucket, key, Map.copyOf(parameters), source);
    }

    boolean is(String operationName) {
        return operation.name().equals(operationName);
    }

    boolean presigned() {
        return parameters.containsKey("X-Amz-Signature");
    }

    /** Whose key signed it and for which region, in the header or in a presigned URL. */
    String[] credentialScope() {
        String header = http.getHeaders().get("Authorization");
        if (header != null) {
            SignatureV4 signature = SignatureV4.parse(header);
            return new String[] {signature.accessKeyId(), signature.region()};
        }
        String[] scope = parameters.getOrDefault("X-Amz-Credential", "").split("/", -1);
        if (scope.length != 5) {
            throw new AwsError(403, "AccessDenied", "Access Denied");
        }
        return new String[] {scope[0], scope[2]};
    }

    String sessionToken() {
        String header = http.getHeaders().get("x-amz-security-token");
        return header != null ? header : parameters.getOrDefault("X-Amz-Security-Token", "");
    }

    SignedRequest signed() {
        return new SignedRequest(
                http.getMethod(),
                Optional.ofNullable(http.getHttpURI().getPath()).orElse("/"),
                Optional.ofNullable(http.getHttpURI().getQuery()).orElse(""),
                name -> http.getHeaders().getValuesList(name),
                Optional.ofNullable(http.getHeaders().get("x-amz-content-sha256")).orElse(""));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8),
                    URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /** In a path a plus sign is a plus sign. */
    private static String decodePath(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
