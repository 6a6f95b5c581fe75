package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.parsers.Event;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The peer of {@link RuleBenchmark}: the same rules on the same events in a loop of CPython. */
final class PythonLoop {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private PythonLoop(Path folder) {
        this.folder = folder;
    }

    /**
     * @param seconds of CPU, for each round
     * @param hits of the first round: the event's position, the rule, and " error" for a rule error
     */
    record Result(List<Double> seconds, List<String> hits) {

        double best() {
            return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        }
    }

    static boolean canRun() {
        try {
            return new ProcessBuilder("python3", "-c", "import json").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Writes what the loop needs: Caracal's Python, the pack's globals and models, the rules. */
    static PythonLoop prepare(Path folder, RulePack pack, List<RuleSource> rules)
            throws IOException, RuleException, URISyntaxException {
        Path own = Path.of(RuleEngine.class.getResource("event.py").toURI()).getParent();
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".py")).toList()) {
                Path copy = folder.resolve("caracal").resolve(own.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path script = Path.of(PythonLoop.class.getResource("python_loop.py").toURI());
        Files.copy(script, folder.resolve("python_loop.py"));
        ObjectNode bundle = JSON.createObjectNode();
        bundle.put("countries", PythonContext.countryCodes());
        ArrayNode globals = bundle.putArray("globals");
        for (RuleSource source : pack.globals()) {
            GlobalModule module = GlobalModule.read(source);
            globals.addArray().add(module.name()).add(source.path()).add(source.python());
        }
        ArrayNode models = bundle.putArray("dataModels");
        for (RuleSource source : pack.dataModels()) {
            addModels(models, DataModel.read(source));
        }
        ArrayNode entries = bundle.putArray("rules");
        for (RuleSource source : rules) {
            RuleMetadata rule = RuleReader.read(source);
            entries.addArray().add(rule.ruleId()).add(rule.pythonPath()).add(source.python());
        }
        JSON.writeValue(folder.resolve("bundle.json").toFile(), bundle);
        return new PythonLoop(folder);
    }

    private static void addModels(ArrayNode models, DataModel model) {
        if (!model.enabled()) {
            return;
        }
        for (String logType : model.logTypes()) {
            models.addArray()
                    .add(logType)
                    .add(model.id())
                    .add(model.pythonPath())
                    .add(model.source().python())
                    .add(DataModels.mappings(model));
        }
    }

    Result run(List<Event> events, int rounds) throws IOException, InterruptedException {
        try (var writer = Files.newBufferedWriter(folder.resolve("events.jsonl"))) {
            for (Event event : events) {
                writer.write(JSON.readTree(event.json()).toString());
                writer.write('\n');
            }
        }
        File output = folder.resolve("result.json").toFile();
        int status =
                new ProcessBuilder(
                                "python3",
                                folder.resolve("python_loop.py").toString(),
                                folder.toString(),
                                Integer.toString(rounds))
                        .redirectOutput(output)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("python3 ended with status " + status);
        }
        JsonNode result = JSON.readTree(output);
        List<Double> seconds = new ArrayList<>();
        result.get("seconds").forEach(second -> seconds.add(second.asDouble()));
        List<String> hits = new ArrayList<>();
        result.get("hits").forEach(hit -> hits.add(hit.asText()));
        return new Result(seconds, hits);
    }
}
