package dev.caracal.cli.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The rules of the drill's control location. */
final class DrillRules {

    /** The rule whose alerts are counted. */
    static final String COUNTED = "drill.marker";

    /** Name of the events that raise an alert. */
    static final String MARKER = "Marker";

    private final Path folder;

    DrillRules(Path control) {
        folder = control.resolve("rules");
    }

    /** Writes the rule that raises one alert for each marker. */
    void writeCounted() throws IOException {
        Files.createDirectories(folder);
        write(
                COUNTED,
                """
                def rule(event):
                    return event.get("eventName") == "%s"

                def dedup(event):
                    return event.get("eventID")
                """
                        .formatted(MARKER));
    }

    void write(String ruleId, String python) throws IOException {
        replace(folder.resolve(ruleId + ".py"), python);
        replace(
                folder.resolve(ruleId + ".yml"),
                """
                AnalysisType: rule
                RuleID: %s
                Filename: %s.py
                Enabled: true
                LogTypes: [AWS.CloudTrail]
                Severity: High
                Tests:
                  - Name: another event
                    ExpectedResult: false
                    Log: {eventName: Nothing}
                """
                        .formatted(ruleId, ruleId));
    }

    void remove(String ruleId) throws IOException {
        Files.deleteIfExists(folder.resolve(ruleId + ".yml"));
        Files.deleteIfExists(folder.resolve(ruleId + ".py"));
    }

    /** Nobody ever sees half a file. */
    static void replace(Path file, String text) throws IOException {
        Path half = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(half, text);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
