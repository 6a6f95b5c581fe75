package dev.caracal.connectors.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.connectors.aws.AwsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {

    @TempDir private Path folder;

    private ControlLocation location(Path path) {
        return new ControlLocation(path.toString(), new AwsSettings("", Map.of()));
    }

    @Test
    void whatIsWrittenIsReadAndWhatIsDeletedIsGone() throws IOException {
        ControlLocation location = location(folder);

        location.write("sources/a.yml", "one");
        location.write("sources/a.yml", "two");
        location.write("sources/b.yml", "three");
        location.delete("sources/b.yml");
        location.delete("sources/never.yml");

        assertThat(location.read().texts("sources")).isEqualTo(Map.of("sources/a.yml", "two"));
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(folder.resolve("sources"));
        }
    }

    @Test
    void aLocationThatIsNotThereIsNotMade() {
        ControlLocation location = location(folder.resolve("typo"));

        assertThatThrownBy(() -> location.write("sources/a.yml", "one"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("typo is not a folder");
        assertThat(folder.resolve("typo")).doesNotExist();
    }
}
