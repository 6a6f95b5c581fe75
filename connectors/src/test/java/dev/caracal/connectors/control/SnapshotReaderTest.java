package dev.caracal.connectors.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.connectors.aws.AwsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotReaderTest {

    private static final AwsSettings AWS = new AwsSettings("", Map.of());

    @TempDir Path folder;

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private ControlLocation location() {
        return new ControlLocation(folder.toString(), AWS);
    }

    @Test
    void aFolderIsReadInTheOrderOfPaths() throws Exception {
        write("rules/okta/login.py", "rule");
        write("sources/one.yml", "source");
        write("schemas/a.yml", "schema");
        write("other/x.yml", "not ours");

        ControlSnapshot snapshot = location().read();

        assertThat(snapshot.files())
                .extracting(ControlFile::path)
                .containsExactly("rules/okta/login.py", "schemas/a.yml", "sources/one.yml");
        assertThat(snapshot.under("rules"))
                .singleElement()
                .satisfies(file -> assertThat(file.text()).isEqualTo("rule"));
        assertThat(new ControlLocation(folder.toUri().toString(), AWS).read().version())
                .isEqualTo(snapshot.version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules/.hidden.py",
                "rules/a.py~",
                "rules/.a.py.swp",
                "rules/#a.py#",
                "rules/a.tmp",
                "rules/a.bak",
                "rules/.git/config",
                "rules/__pycache__/a.pyc"
            })
    void hiddenAndBackupFilesDoNotCount(String path) throws Exception {
        write(path, "x");

        assertThat(location().read().files()).isEmpty();
    }

    @Test
    void aChangeIsSeenAndATouchIsNot() throws Exception {
        write("rules/a.py", "one");
        write("rules/b.py", "two");
        try (SnapshotReader reader = location().open()) {
            ControlSnapshot first = reader.read();
            assertThat(reader.read()).isSameAs(first);

            Files.setLastModifiedTime(folder.resolve("rules/a.py"), FileTime.fromMillis(1_000));
            assertThat(reader.read().version()).isEqualTo(first.version());

            write("rules/a.py", "changed");
            ControlSnapshot changed = reader.read();
            assertThat(changed.version()).isNotEqualTo(first.version());
            assertThat(changed.files().get(0).text()).isEqualTo("changed");
            assertThat(changed.files().get(1)).isSameAs(first.files().get(1));

            Files.delete(folder.resolve("rules/b.py"));
            assertThat(reader.read().files()).hasSize(1);
        }
    }

    @Test
    void aZipFileStandsForTheRulesInIt() throws Exception {
        write("rules/own.py", "one");
        Path pack = folder.resolve("rules/panther-analysis-all.zip");
        zip(pack, Map.of("rules/a.py", "two", "rules/a.yml", "three", "README.md", "x"));
        try (SnapshotReader reader = location().open()) {
            ControlSnapshot first = reader.read();

            assertThat(first.texts("rules"))
                    .isEqualTo(
                            Map.of(
                                    "rules/own.py", "one",
                                    "rules/panther-analysis-all.zip/rules/a.py", "two",
                                    "rules/panther-analysis-all.zip/rules/a.yml", "three"));
            assertThat(reader.read()).isSameAs(first);

            zip(pack, Map.of("rules/a.py", "four"));
            assertThat(reader.read().files())
                    .extracting(ControlFile::text)
                    .containsExactly("one", "four");
        }
    }

    @Test
    void aZipFileThatIsNoneIsLeftOutWithTheReason() throws Exception {
        write("rules/own.py", "one");
        write("rules/pack.zip", "no zip");

        ControlSnapshot snapshot = location().read();

        assertThat(snapshot.files()).hasSize(1);
        assertThat(snapshot.problems())
                .containsExactly("rules/pack.zip: This is no zip file, or an empty one");
    }

    private static void zip(Path file, Map<String, String> entries) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        entries.forEach((name, text) -> contents.put(name, text.getBytes(UTF_8)));
        Files.write(file, RulePackZipTest.zip(contents).readAllBytes());
    }

    @Test
    void aFileRenamedIntoPlaceIsSeenEvenWithTheSameTimeAndSize() throws Exception {
        write("rules/a.py", "one");
        Path file = folder.resolve("rules/a.py");
        try (SnapshotReader reader = location().open()) {
            reader.read();
            write("elsewhere/a.py", "two");
            Path other = folder.resolve("elsewhere/a.py");
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

            assertThat(reader.read().files().get(0).text()).isEqualTo("two");
        }
    }

    @Test
    void linkedFilesAreFollowedAsInAMountedConfigMap() throws Exception {
        write("rules/..data/a.py", "rule");
        Files.createSymbolicLink(folder.resolve("rules/a.py"), Path.of("..data/a.py"));
        Files.createSymbolicLink(folder.resolve("rules/dangling.py"), Path.of("nowhere"));

        assertThat(location().read().files())
                .extracting(ControlFile::path)
                .containsExactly("rules/a.py");
    }

    @Test
    void aMissingFolderIsAnErrorAndWhatWasReadBeforeStays() throws Exception {
        ControlLocation missing = new ControlLocation(folder.resolve("no").toString(), AWS);

        assertThatThrownBy(missing::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no is not a folder");
    }

    @ParameterizedTest
    @CsvSource({
        "'', Control location is empty",
        "s3://, expected s3://bucket/prefix",
        "http://x/y, expected s3://"
    })
    void aLocationThatCannotBeIsRefused(String uri, String message) {
        assertThatThrownBy(() -> new ControlLocation(uri, AWS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatChangesWhileItIsReadKeepsItsFormerContentUntilTheNextReading() throws Exception {
        FakeStore store = new FakeStore();
        store.put("rules/a.py", "1", "one");
        try (SnapshotReader reader = new SnapshotReader(store)) {
            ControlSnapshot first = reader.read();
            store.put("rules/a.py", "2", "two");
            store.put("rules/new.py", "1", "new");
            store.unsettled = true;

            assertThat(reader.read().version()).isEqualTo(first.version());

            store.unsettled = false;
            assertThat(reader.read().files())
                    .extracting(ControlFile::text)
                    .containsExactly("two", "new");
        }
    }

    @Test
    void onlyChangedFilesAreFetched() throws Exception {
        FakeStore store = new FakeStore();
        store.put("rules/a.py", "1", "one");
        store.put("rules/b.py", "1", "two");
        try (SnapshotReader reader = new SnapshotReader(store)) {
            reader.read();
            store.put("rules/b.py", "2", "three");
            reader.read();
            reader.read();
        }
        assertThat(store.fetched).containsExactly("rules/a.py", "rules/b.py", "rules/b.py");
    }

    @Test
    void aFileThatIsTooLargeIsLeftOutWithTheReason() throws Exception {
        FakeStore store = new FakeStore();
        store.put("rules/a.py", "1", "one");
        store.put("rules/big.csv", "1", "x");
        store.claimSize("rules/big.csv", SnapshotReader.MAX_FILE_BYTES + 1);
        try (SnapshotReader reader = new SnapshotReader(store)) {
            ControlSnapshot snapshot = reader.read();

            assertThat(snapshot.files()).hasSize(1);
            assertThat(snapshot.problems())
                    .singleElement()
                    .asString()
                    .contains("rules/big.csv has 16777217 bytes");
        }
    }

    @Test
    void theDataOfLookupTablesIsListedAndNotRead() throws Exception {
        FakeStore store = new FakeStore();
        store.put("lookup_tables/hosts.yml", "1", "x");
        store.put("lookup_tables/hosts.csv", "1", "x");
        store.claimSize("lookup_tables/hosts.csv", 10L << 30);
        store.put("rules/pack/lookup_tables/a.jsonl.gz", "7", "xy");
        try (SnapshotReader reader = new SnapshotReader(store)) {
            ControlSnapshot before = reader.read();
            assertThat(before.data())
                    .containsExactly(
                            new ControlData("lookup_tables/hosts.csv", "1", 10L << 30),
                            new ControlData("rules/pack/lookup_tables/a.jsonl.gz", "7", 2));
            store.put("lookup_tables/hosts.csv", "2", "x");

            assertThat(reader.read().version()).isNotEqualTo(before.version());
        }
        assertThat(store.fetched).containsExactly("lookup_tables/hosts.yml");
    }

    @Test
    void aDataFileIsOpenedByItsPath() throws Exception {
        write("lookup_tables/hosts.csv", "ip");

        try (InputStream data = location().open("lookup_tables/hosts.csv")) {
            assertThat(data).hasContent("ip");
        }
        assertThatThrownBy(() -> location().open("lookup_tables/none.csv"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lookup_tables/none.csv");
    }

    @Test
    void aLocationThatHoldsTooMuchIsAnError() {
        FakeStore store = new FakeStore();
        for (int i = 0; i < 5; i++) {
            store.put("rules/" + i, "1", "x");
            store.claimSize("rules/" + i, SnapshotReader.MAX_FILE_BYTES);
        }
        try (SnapshotReader reader = new SnapshotReader(store)) {
            assertThatThrownBy(reader::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("more than 67108864 bytes");
        }
    }

    @Test
    void aSnapshotTravelsWithoutGenericTypes() throws Exception {
        write("rules/a.py", "one");
        ControlSnapshot snapshot = location().read();

        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        TypeSerializer<ControlSnapshot> serializer =
                TypeInformation.of(ControlSnapshot.class).createSerializer(config);

        assertThat(serializer).isInstanceOf(PojoSerializer.class);
        assertThat(serializer.copy(snapshot).version()).isEqualTo(snapshot.version());
        assertThat(serializer.copy(snapshot).files().get(0).text()).isEqualTo("one");
    }

    /** A store in memory. */
    static final class FakeStore implements ControlStore {

        private record Held(String tag, String content, long size) {}

        private final Map<String, Held> held = new HashMap<>();
        final List<String> fetched = new ArrayList<>();
        boolean unsettled;

        void put(String path, String tag, String content) {
            held.put(path, new Held(tag, content, content.length()));
        }

        void claimSize(String path, long size) {
            held.computeIfPresent(path, (key, was) -> new Held(was.tag, was.content, size));
        }

        @Override
        public List<Entry> list(List<String> folders) {
            return held.entrySet().stream()
                    .map(
                            file ->
                                    new Entry(
                                            file.getKey(),
                                            file.getValue().tag,
                                            file.getValue().size))
                    .toList();
        }

        @Override
        public Optional<byte[]> fetch(Entry entry) {
            fetched.add(entry.path());
            return unsettled
                    ? Optional.empty()
                    : Optional.of(held.get(entry.path()).content.getBytes(UTF_8));
        }

        @Override
        public InputStream open(String path) {
            throw new UnsupportedOperationException(path);
        }

        @Override
        public void put(String path, byte[] content) {
            throw new UnsupportedOperationException("nothing writes here");
        }

        @Override
        public void delete(String path) {
            throw new UnsupportedOperationException("nothing writes here");
        }

        @Override
        public void close() {}
    }
}
