package dev.caracal.connectors.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class RulePackZipTest {

    static InputStream zip(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void yamlAndPythonAreReadByPath() throws IOException {
        Map<String, byte[]> files =
                RulePackZip.read(
                        zip(
                                Map.of(
                                        "a/r.yml", text("x"), "a/r.py", text("y"), "a/r.exe",
                                        text("z"))));

        assertThat(files).containsOnlyKeys("a/r.yml", "a/r.py");
        assertThat(files.get("a/r.py")).asString(StandardCharsets.UTF_8).isEqualTo("y");
    }

    /** Nothing is written anywhere, so a path that climbs is a name like any other. */
    @Test
    void aPathThatClimbsIsOnlyAName() throws IOException {
        Map<String, byte[]> files =
                RulePackZip.read(
                        zip(Map.of("../../etc/evil.py", text("x"), "/etc/e.yml", text("y"))));

        assertThat(files).containsOnlyKeys("../../etc/evil.py", "/etc/e.yml");
    }

    @Test
    void whatUnpacksToAnythingIsRefused() throws IOException {
        byte[] zeros = new byte[40 << 20];
        InputStream bomb = zip(Map.of("a.yml", zeros, "b.yml", zeros));

        assertThatThrownBy(() -> RulePackZip.read(bomb))
                .isInstanceOf(IOException.class)
                .hasMessage("The zip file unpacks to more than 67108864 bytes");
    }

    @Test
    void whatIsNoZipFileIsSaid() {
        assertThatThrownBy(() -> RulePackZip.read(new ByteArrayInputStream(text("no zip"))))
                .hasMessage("This is no zip file, or an empty one");
    }
}
