package dev.caracal.cli.source.check;

import dev.caracal.job.OutputLocation;
import dev.caracal.job.source.LogSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An object that is no log. It goes all the way from the bucket to the job, which makes a dead
 * letter of it; by that it is known to have arrived.
 */
final class TestObject {

    private static final String PART = "test object";
    private static final long POLL_MILLIS = 500;
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("'year='yyyy'/month='MM'/day='dd").withZone(ZoneOffset.UTC);

    private final S3Client bucketOwner;
    private final S3Client own;
    private final OutputLocation output;
    private final LogSource source;
    private final String key;
    private final Set<String> seen = new HashSet<>();

    /**
     * @param bucketOwner may write to the log source's bucket
     * @param own may read the job's output
     */
    TestObject(S3Client bucketOwner, S3Client own, OutputLocation output, LogSource source) {
        this.bucketOwner = bucketOwner;
        this.own = own;
        this.output = output;
        this.source = source;
        this.key = source.reducedPrefixes().get(0) + "caracal-test-" + UUID.randomUUID() + ".json";
    }

    /** Two lines, since the first may be taken for a header. */
    private String content() {
        return ("{\"caracal\": \"test object\", \"key\": \"" + key.replace("\"", "") + "\"}\n")
                .repeat(2);
    }

    Finding send(Duration limit) throws InterruptedException {
        Instant sent = Instant.now();
        try {
            bucketOwner.putObject(
                    request -> request.bucket(source.bucket()).key(key),
                    RequestBody.fromString(content()));
        } catch (SdkException e) {
            return Finding.unhealthy(
                    PART,
                    "it cannot be put into " + source.bucket(),
                    e,
                    "Name a profile of account "
                            + source.accountId()
                            + " that may write there: --bucket-profile NAME.");
        }
        try {
            return await(sent, limit);
        } catch (IOException | SdkException e) {
            return Finding.notChecked(
                    PART, "the job's output cannot be read: " + AwsFailure.text(e));
        } finally {
            takeAway();
        }
    }

    private Finding await(Instant sent, Duration limit) throws IOException, InterruptedException {
        while (Duration.between(sent, Instant.now()).compareTo(limit) < 0) {
            Optional<String> letter = deadLetter(sent.minus(CLOCK_SKEW));
            if (letter.isPresent()) {
                return arrived(letter.get(), Duration.between(sent, Instant.now()));
            }
            // Neither a folder nor S3 tells of new files: they are looked for until one comes.
            Thread.sleep(POLL_MILLIS);
        }
        return Finding.unhealthy(
                PART,
                "it has not arrived within " + limit.toSeconds() + " s",
                "See that the job runs, and that every line above is healthy. It is seen with the"
                        + " checkpoint after it was read, so --wait must be longer than the"
                        + " checkpoint interval.");
    }

    private Finding arrived(String letter, Duration time) {
        if (letter.contains("\"stage\":\"parse\"")) {
            return Finding.healthy(
                    PART, "arrived after %.1f s".formatted(time.toMillis() / 1000.0));
        }
        return new Finding(
                PART,
                Finding.Status.UNHEALTHY,
                "the job could not read it",
                letter,
                "docs/operations.md has the remedy of each reason of a dead letter.");
    }

    /** The job's dead letter for the object, once it is there. */
    private Optional<String> deadLetter(Instant since) throws IOException {
        for (String stage : List.of("parse", "read", "notification")) {
            String folder =
                    (output.prefix().isEmpty() ? "" : output.prefix() + '/')
                            + "dead-letters/stage="
                            + stage
                            + '/'
                            + DAY.format(Instant.now())
                            + '/';
            for (S3Object file :
                    own.listObjectsV2Paginator(
                                    request -> request.bucket(output.bucket()).prefix(folder))
                            .contents()) {
                boolean isNew =
                        file.key().endsWith(".jsonl.gz")
                                && file.lastModified().isAfter(since)
                                && seen.add(file.key());
                Optional<String> found = isNew ? find(file.key()) : Optional.empty();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> find(String file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        own.getObject(
                                                request ->
                                                        request.bucket(output.bucket()).key(file))),
                                StandardCharsets.UTF_8))) {
            String name = key.substring(key.lastIndexOf("caracal-test-"));
            return lines.lines().filter(line -> line.contains(name)).findFirst();
        }
    }

    private void takeAway() {
        try {
            bucketOwner.deleteObject(request -> request.bucket(source.bucket()).key(key));
        } catch (SdkException e) {
            // Who may write need not be allowed to delete; the object harms nobody.
        }
    }
}
