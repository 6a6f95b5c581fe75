package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.Size;

/**
 * The records of all cases, mutated: whatever the bytes, the classifier accepts or rejects, and an
 * accepted record's events are sound.
 */
class ClassifierFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Sample> SAMPLES = samples();
    private static final Map<String, Classifier> CLASSIFIERS = new HashMap<>();
    private static final Classifier ALL = new Classifier(LogTypes.builtin().all());

    private record Sample(String logType, String record, String header) {}

    @Property(tries = 30_000, edgeCases = EdgeCasesMode.NONE)
    void itsOwnLogTypeAcceptsOrRejectsAMutatedRecord(
            @ForAll("sample") int sample,
            @ForAll @Size(min = 1, max = 3) List<RecordMutation> mutations,
            @ForAll long seed)
            throws IOException {
        Classifier classifier =
                CLASSIFIERS.computeIfAbsent(
                        SAMPLES.get(sample).logType(),
                        name -> new Classifier(List.of(LogTypes.builtin().find(name).get())));
        check(classifier, 1, SAMPLES.get(sample), mutations, new Random(seed));
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void allLogTypesTogetherAcceptOrRejectAMutatedRecord(
            @ForAll("sample") int sample,
            @ForAll @Size(max = 3) List<RecordMutation> mutations,
            @ForAll long seed)
            throws IOException {
        int candidates = LogTypes.builtin().names().size();
        check(ALL, candidates, SAMPLES.get(sample), mutations, new Random(seed));
    }

    @Provide
    Arbitrary<Integer> sample() {
        return Arbitraries.integers()
                .between(0, SAMPLES.size() - 1)
                .withDistribution(RandomDistribution.uniform());
    }

    private static void check(
            Classifier classifier,
            int candidates,
            Sample sample,
            List<RecordMutation> mutations,
            Random random)
            throws IOException {
        byte[] record = bytes(sample.record());
        for (RecordMutation mutation : mutations) {
            record = mutation.apply(record, random);
        }
        RecordContext context =
                new RecordContext("s", "l", "o", 1, bytes(sample.header()), 1_795_521_600_000L);
        Classification classification = classifier.classify(record, 0, record.length, context);
        if (classification instanceof Classification.Accepted accepted) {
            for (Event event : accepted.events()) {
                checkSound(event);
            }
            return;
        }
        List<Classification.Reason> reasons = ((Classification.Rejected) classification).reasons();
        assertThat(reasons).hasSize(candidates);
        for (Classification.Reason reason : reasons) {
            assertThat(reason.message()).hasSizeLessThan(300).doesNotContain("parser failed");
        }
    }

    private static void checkSound(Event event) throws IOException {
        JsonNode json = JSON.readTree(event.json());
        assertThat(JSON.writeValueAsBytes(json)).isNotEmpty();
        assertThat(json.path("p_log_type").asText()).isEqualTo(event.logType());
        assertThat(json.path("p_row_id").asText()).isEqualTo(event.rowId());
        for (byte b : event.json()) {
            assertThat(b).isNotEqualTo((byte) '\n');
        }
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (String name : LogTypes.builtin().names()) {
            for (String suffix : List.of(".jsonl", ".own.jsonl")) {
                samples.addAll(samples(name, "cases/" + name + suffix));
            }
        }
        return samples;
    }

    private static List<Sample> samples(String logType, String resource) {
        try (InputStream content = ClassifierFuzzTest.class.getResourceAsStream(resource)) {
            List<Sample> samples = new ArrayList<>();
            String text =
                    content == null
                            ? ""
                            : new String(content.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                JsonNode testCase = JSON.readTree(line);
                samples.add(
                        new Sample(
                                logType,
                                testCase.path("line").asText().strip(),
                                testCase.path("header").path(0).asText()));
            }
            return samples;
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
