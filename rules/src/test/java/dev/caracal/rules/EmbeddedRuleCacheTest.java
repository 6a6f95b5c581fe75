package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedRuleCacheTest {

    private static final long NEVER = 4_000_000_000L;
    private static final String FILE = "rule-cache-1.mv";

    @TempDir private Path folder;

    @Test
    void enginesShareACounter() throws RuleException {
        RuleSource third =
                rule(
                        "Third",
                        """
                        from panther_detection_helpers.caching import increment_counter

                        def rule(event):
                            return increment_counter(event["ip"]) == 3
                        """);
        try (var one = new EngineWithCache();
                var other = new EngineWithCache()) {
            one.engine.put(third);
            other.engine.put(third);

            assertThat(one.engine.evaluate(event("{\"ip\":\"192.0.2.1\"}"))).isEmpty();
            assertThat(other.engine.evaluate(event("{\"ip\":\"192.0.2.1\"}"))).isEmpty();
            assertThat(one.engine.evaluate(event("{\"ip\":\"192.0.2.9\"}"))).isEmpty();
            assertThat(other.engine.evaluate(event("{\"ip\":\"192.0.2.1\"}"))).hasSize(1);
        }
    }

    private final class EngineWithCache implements AutoCloseable {
        private final RuleCache cache = EmbeddedRuleCache.open(folder);
        private final RuleEngine engine =
                new RuleEngine(
                        RuleEngine.DEFAULT_TIME_LIMIT, RuleEngine.DEFAULT_LOAD_TIME_LIMIT, cache);

        @Override
        public void close() {
            engine.close();
            cache.close();
        }
    }

    @Test
    void aRestartKeepsWhatWasThere() {
        try (RuleCache cache = EmbeddedRuleCache.open(folder)) {
            cache.putStrings("s", Set.of("a", "b"), NEVER);
            cache.incrementCounter("c", 7, NEVER);
            cache.putDictionary("d", "{\"x\":[1]}", NEVER);
        }
        try (RuleCache cache = EmbeddedRuleCache.open(folder)) {
            assertThat(cache.strings("s")).containsExactlyInAnyOrder("a", "b");
            assertThat(cache.incrementCounter("c", 1, NEVER)).isEqualTo(8);
            assertThat(cache.dictionary("d")).isEqualTo("{\"x\":[1]}");
        }
    }

    @Test
    void theLastToCloseClosesTheFile() {
        RuleCache first = EmbeddedRuleCache.open(folder);
        RuleCache second = EmbeddedRuleCache.open(folder.resolve("../" + folder.getFileName()));
        first.close();
        second.incrementCounter("c", 1, NEVER);
        second.close();

        assertThatThrownBy(() -> second.counter("c")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void expiredEntriesLeaveTheFile() {
        var clock = new MovableClock(1000);
        try (EmbeddedRuleCache cache = EmbeddedRuleCache.open(folder, clock)) {
            for (int index = 0; index < 2500; index++) {
                cache.incrementCounter("c" + index, 1, index % 2 == 0 ? 2000 : NEVER);
            }
            assertThat(cache.size()).isEqualTo(2500);
            clock.set(2000);
            for (int round = 0; round < 4; round++) {
                cache.save();
            }
            assertThat(cache.size()).isEqualTo(1250);
        }
    }

    @Test
    void incrementsFromManyThreadsAreExact() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (RuleCache cache = EmbeddedRuleCache.open(folder)) {
            List<Callable<Long>> increments =
                    IntStream.range(0, 4000)
                            .<Callable<Long>>mapToObj(
                                    index ->
                                            () -> {
                                                cache.addStrings(
                                                        "s", Set.of("v" + index % 100), NEVER);
                                                return cache.incrementCounter(
                                                        "c" + index % 4, 1, NEVER);
                                            })
                            .toList();
            for (Future<Long> done : threads.invokeAll(increments)) {
                done.get();
            }
            for (int key = 0; key < 4; key++) {
                assertThat(cache.counter("c" + key)).isEqualTo(1000);
            }
            assertThat(cache.strings("s")).hasSize(100);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void anInterruptedThreadIsAnsweredAndStaysInterrupted() {
        try (RuleCache cache = EmbeddedRuleCache.open(folder)) {
            Thread.currentThread().interrupt();

            assertThat(cache.incrementCounter("c", 1, NEVER)).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(cache.counter("c")).isEqualTo(1);
        }
    }

    enum Damage {
        NO_STORE {
            @Override
            void inflict(RandomAccessFile file) throws IOException {
                file.setLength(0);
                file.write("not a store".repeat(1000).getBytes(StandardCharsets.UTF_8));
            }
        },
        EMPTY {
            @Override
            void inflict(RandomAccessFile file) throws IOException {
                file.setLength(0);
            }
        },
        CUT {
            @Override
            void inflict(RandomAccessFile file) throws IOException {
                file.setLength(file.length() / 3);
            }
        },
        NOISE_IN_BETWEEN {
            @Override
            void inflict(RandomAccessFile file) throws IOException {
                makeNoise(file, 8192);
            }
        };

        abstract void inflict(RandomAccessFile file) throws IOException;
    }

    private static void makeNoise(RandomAccessFile file, int distance) throws IOException {
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        for (long at = 8192; at < file.length(); at += distance) {
            file.seek(at);
            file.write(noise);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedFileStopsNothing(Damage damage) throws IOException {
        count(folder);
        damage(damage::inflict);
        count(folder);
        try (RuleCache cache = EmbeddedRuleCache.open(folder)) {
            assertThat(cache.counter("c0")).isIn(1L, 2L);
        }
    }

    @Test
    void whatIsNotAStoreIsPutAside() throws IOException {
        count(folder);
        damage(Damage.NO_STORE::inflict);
        count(folder);

        assertThat(folder.resolve(FILE + ".damaged")).content().startsWith("not a store");
    }

    @Test
    void aFileThatIsFoundToBeDamagedWhileItIsUsedIsPutAside() throws IOException {
        count(folder);
        try (RuleCache cache = EmbeddedRuleCache.open(folder)) {
            damage(file -> makeNoise(file, 4096));
            count(folder);

            assertThat(cache.counter("c0")).isEqualTo(1);
        }
        assertThat(folder.resolve(FILE + ".damaged")).exists();
    }

    private static void count(Path folder) {
        try (RuleCache cache = EmbeddedRuleCache.open(folder)) {
            for (int index = 0; index < 5000; index++) {
                cache.incrementCounter("c" + index, 1, NEVER);
            }
        }
    }

    private interface Inflicting {
        void inflict(RandomAccessFile file) throws IOException;
    }

    private void damage(Inflicting damage) throws IOException {
        try (var file = new RandomAccessFile(folder.resolve(FILE).toFile(), "rw")) {
            damage.inflict(file);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedByName() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedRuleCache.open(file))
                .isInstanceOf(RuleCacheException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void anotherProcessHasAFileOfItsOwnAndLosesNothingThatWasSavedWhenItIsKilled()
            throws Exception {
        try (RuleCache cache = EmbeddedRuleCache.open(folder)) {
            cache.incrementCounter("c", 1, NEVER);
            assertThat(countInOtherProcess()).isEqualTo("5");
            assertThat(countInOtherProcess()).isEqualTo("10");
            assertThat(cache.counter("c")).isEqualTo(1);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(FILE, "rule-cache-2.mv");
        }
    }

    private String countInOtherProcess() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OtherProcess.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            process.waitFor();
            return line;
        }
    }

    /** Counts, and ends without closing. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String[] args) {
            EmbeddedRuleCache cache = EmbeddedRuleCache.open(Path.of(args[0]));
            System.out.println(cache.incrementCounter("c", 5, NEVER));
            System.out.flush();
            cache.save();
            cache.save();
            Runtime.getRuntime().halt(0);
        }
    }
}
