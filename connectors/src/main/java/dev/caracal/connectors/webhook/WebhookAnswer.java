package dev.caracal.connectors.webhook;

import dev.caracal.connectors.delivery.Outcome;
import dev.caracal.connectors.delivery.Outcome.Delivered;
import dev.caracal.connectors.delivery.Outcome.GiveUp;
import dev.caracal.connectors.delivery.Outcome.TryAgain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Decides by an answer's status (RFC 9110) what comes of a request. */
final class WebhookAnswer {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MAX_BYTES = 4096;
    private static final int MAX_SHOWN = 200;

    private WebhookAnswer() {}

    static Outcome outcome(HttpExecuteResponse response, WebhookRequest request) {
        SdkHttpResponse answer = response.httpResponse();
        int status = answer.statusCode();
        if (answer.isSuccessful()) {
            return new Delivered();
        }
        if (status == TOO_MANY_REQUESTS) {
            return new TryAgain("throttled", "Answered 429", retryAfter(answer));
        }
        if (status >= 500) {
            return new TryAgain("server-error", "Answered " + status, retryAfter(answer));
        }
        if (status >= 400) {
            return new GiveUp("refused", "Answered " + status + said(response, request));
        }
        return new GiveUp("redirected", "Answered " + status + ", redirects are not followed");
    }

    /** {@code Retry-After}, in seconds or as a date (RFC 9110, 10.2.3); zero if there is none. */
    private static Duration retryAfter(SdkHttpResponse answer) {
        String text = answer.firstMatchingHeader("Retry-After").orElse("").strip();
        if (!text.isEmpty() && text.length() < 10 && text.chars().allMatch(Character::isDigit)) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration until =
                    Duration.between(
                            InstantSource.system().instant(),
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    /** The beginning of the answer's body on one line, without the request's secrets. */
    private static String said(HttpExecuteResponse response, WebhookRequest request) {
        if (response.responseBody().isEmpty()) {
            return "";
        }
        byte[] start;
        try {
            InputStream body = response.responseBody().get();
            start = body.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            return "";
        }
        String text = request.redact(new String(start, StandardCharsets.UTF_8));
        String line = new TextFilter.Max(MAX_SHOWN).apply(new TextFilter.Line().apply(text));
        return line.isEmpty() ? "" : ": " + line;
    }
}
