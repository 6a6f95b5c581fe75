package dev.caracal.localaws;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must outlive the process beside objects and messages: one JSON file, {@code state.json},
 * with a list for each section. In memory nothing is written.
 */
public final class StateFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable Path file;
    private final ObjectNode sections;

    private StateFile(@Nullable Path file, ObjectNode sections) {
        this.file = file;
        this.sections = sections;
    }

    public static StateFile inMemory() {
        return new StateFile(null, JSON.createObjectNode());
    }

    public static StateFile in(Path folder) throws IOException {
        Path file = folder.resolve("state.json");
        if (!Files.exists(file)) {
            return new StateFile(file, JSON.createObjectNode());
        }
        if (JSON.readTree(file.toFile()) instanceof ObjectNode sections) {
            return new StateFile(file, sections);
        }
        throw new IOException(file + " holds no JSON object");
    }

    public synchronized <T> List<T> read(String section, TypeReference<List<T>> type) {
        JsonNode stored = sections.get(section);
        return stored == null ? List.of() : JSON.convertValue(stored, type);
    }

    public synchronized void write(String section, List<?> content) {
        sections.set(section, JSON.valueToTree(content));
        if (file == null) {
            return;
        }
        try {
            Path next = file.resolveSibling("state.json.next");
            JSON.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), sections);
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
