package dev.caracal.localaws.http;

import java.util.Map;

/** A refusal as AWS words it: an HTTP status, an error code and a message for people. */
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Map<String, String> headers;

    public AwsError(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    /**
     * @param headers response headers that belong to the error, such as {@code x-amz-bucket-region}
     */
    public AwsError(int status, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The message; never null, unlike {@link #getMessage()} in general. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
