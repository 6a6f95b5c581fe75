package dev.caracal.cli.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The faults that local AWS has switched on, see the module's README. */
final class LocalAwsFaults {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI faults;

    /**
     * @param admin where local AWS listens for it
     */
    LocalAwsFaults(URI admin) {
        faults = admin.resolve("/faults");
    }

    /**
     * @param fault such as {@code {"kind": "sns-refusal"}}
     */
    void add(String fault) throws IOException, InterruptedException {
        send(request().POST(BodyPublishers.ofString(fault)));
    }

    void clear() throws IOException, InterruptedException {
        send(request().DELETE());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(faults).timeout(TIMEOUT);
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(
                    faults + " answered " + response.statusCode() + ": " + response.body());
        }
    }
}
