package dev.caracal.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.samples.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Counts the lines of the files that the job has written to the output bucket. */
final class OutputFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".jsonl.gz";

    private final S3Client s3;
    private final Set<String> counted = new HashSet<>();
    private final Set<String> alertIds = new HashSet<>();
    private Tally tally = Tally.NOTHING;

    OutputFiles(S3Client s3) {
        this.s3 = s3;
    }

    /** Leaves out the files that are there by now. */
    void startCounting() {
        keys().forEach(counted::add);
        alertIds.clear();
        tally = Tally.NOTHING;
    }

    /** What has come since; files never change, so each is read once. */
    Tally count() throws IOException {
        for (String key : keys()) {
            if (counted.add(key)) {
                count(key);
            }
        }
        return tally;
    }

    private List<String> keys() {
        return s3
                .listObjectsV2Paginator(request -> request.bucket(DemoAccounts.OUTPUT_BUCKET))
                .contents()
                .stream()
                .map(S3Object::key)
                // While local AWS stores an object, it lists it under a temporary name too.
                .filter(key -> key.endsWith(SUFFIX))
                .toList();
    }

    private void count(String key) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        s3.getObject(
                                                request ->
                                                        request.bucket(DemoAccounts.OUTPUT_BUCKET)
                                                                .key(key))),
                                StandardCharsets.UTF_8))) {
            String kind = key.substring(0, key.indexOf('/'));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                tally = tally.plus(tally(kind, JSON.readTree(line)));
            }
        }
    }

    private Tally tally(String kind, JsonNode line) {
        return switch (kind) {
            case "events" -> Tally.ofEvents(line.path("p_log_type").asText(), 1);
            case "dead-letters" ->
                    Tally.ofDeadLetters(
                            line.path("stage").asText() + '/' + line.path("reason").asText(), 1);
            case "alerts" -> tally(new AlertMessage(line));
            default -> Tally.NOTHING;
        };
    }

    /** An alert counts once, whatever updates follow it. */
    private Tally tally(AlertMessage alert) {
        return alertIds.add(alert.id()) ? alert.tally() : Tally.NOTHING;
    }
}
