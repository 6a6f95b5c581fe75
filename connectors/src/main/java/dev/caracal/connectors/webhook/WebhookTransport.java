package dev.caracal.connectors.webhook;

import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.delivery.Outcome;
import dev.caracal.connectors.delivery.Outcome.GiveUp;
import dev.caracal.connectors.delivery.Outcome.TryAgain;
import dev.caracal.connectors.delivery.Transport;
import dev.caracal.connectors.secrets.SecretException;
import dev.caracal.connectors.secrets.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.configuration.ReadableConfig;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/**
 * Makes HTTPS requests to public addresses. It follows no redirect, since that would lead the
 * secrets in a request elsewhere, and uses no proxy, since that would resolve names in its place.
 */
public final class WebhookTransport implements Transport<WebhookDelivery> {

    private static final int MAX_CONNECTIONS = 256;

    private final SdkHttpClient http;
    private final Secrets secrets;
    private final Duration timeout;
    private final boolean allowHttp;
    private final ScheduledExecutorService deadlines;

    WebhookTransport(
            Secrets secrets, Duration timeout, List<Network> allowedNetworks, boolean allowHttp) {
        this.secrets = secrets;
        this.timeout = timeout;
        this.allowHttp = allowHttp;
        this.http =
                ApacheHttpClient.builder()
                        .dnsResolver(new AddressGuard(allowedNetworks))
                        .proxyConfiguration(
                                ProxyConfiguration.builder()
                                        .useSystemPropertyValues(false)
                                        .useEnvironmentVariableValues(false)
                                        .build())
                        .maxConnections(MAX_CONNECTIONS)
                        .connectionTimeout(timeout)
                        .socketTimeout(timeout)
                        .expectContinueEnabled(false)
                        .build();
        this.deadlines =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "webhook-deadlines");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Makes transports for the tasks.
     *
     * @param options see {@link WebhookOptions}
     * @param aws how to reach Secrets Manager
     * @throws IllegalArgumentException if an option does not fit
     */
    public static Transport.Factory<WebhookDelivery> factory(
            ReadableConfig options, AwsSettings aws) {
        Duration timeout = options.get(WebhookOptions.TIMEOUT);
        boolean allowHttp = options.get(WebhookOptions.ALLOW_HTTP);
        List<String> networks = List.copyOf(options.get(WebhookOptions.ALLOWED_NETWORKS));
        networks.forEach(Network::parse);
        return () ->
                new WebhookTransport(
                        new Secrets(aws),
                        timeout,
                        networks.stream().map(Network::parse).toList(),
                        allowHttp);
    }

    @Override
    public Outcome send(WebhookDelivery delivery) {
        WebhookRequest request;
        try {
            request = WebhookRequest.of(delivery, secrets, allowHttp);
        } catch (SecretException e) {
            String detail = String.valueOf(e.getMessage());
            return e.isPassing()
                    ? new TryAgain("no-secret", detail)
                    : new GiveUp("no-secret", detail);
        } catch (IllegalArgumentException e) {
            return new GiveUp("wrong-request", "Cannot be sent: " + e.getMessage());
        }
        return call(request);
    }

    private Outcome call(WebhookRequest request) {
        ExecutableHttpRequest call = http.prepareRequest(execution(request));
        AtomicBoolean overdue = new AtomicBoolean();
        Future<?> deadline =
                deadlines.schedule(
                        () -> {
                            overdue.set(true);
                            call.abort();
                        },
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            HttpExecuteResponse response = call.call();
            try {
                return WebhookAnswer.outcome(response, request);
            } finally {
                response.responseBody().ifPresent(body -> body.abort());
            }
        } catch (AddressGuard.RefusedException e) {
            return new GiveUp("address-not-allowed", "Not sent: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            if (e instanceof InterruptedIOException || overdue.get()) {
                return new TryAgain("timed-out", "No answer within " + timeout);
            }
            // Without the message, which may quote the URL.
            String kind = e.getClass().getSimpleName();
            return new TryAgain("unreachable", "No connection, or it broke: " + kind);
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpExecuteRequest execution(WebhookRequest request) {
        SdkHttpRequest.Builder http =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.fromValue(request.method()))
                        .uri(request.url());
        request.headers().forEach(http::putHeader);
        http.putHeader("User-Agent", "Caracal");
        http.putHeader("Content-Length", Integer.toString(request.body().length));
        return HttpExecuteRequest.builder()
                .request(http.build())
                .contentStreamProvider(() -> new ByteArrayInputStream(request.body()))
                .build();
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        http.close();
        secrets.close();
    }
}
