package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.RuleEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder in which a test writes a small rule pack. */
record RulePackFolder(Path folder) {

    /** As long as there is one, the engines of commands open in a fraction of the time. */
    private static final RuleEngine OPEN = new RuleEngine();

    RulePackFolder {
        assertThat(OPEN.size()).isZero();
    }

    /** Writes a file below the folder. */
    RulePackFolder with(String name, String... lines) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /**
     * Writes a rule that is true if the event's {@code eventName} is Bad, with a test of that.
     *
     * @param yaml further lines of its YAML
     */
    RulePackFolder withRule(String name, String... yaml) {
        return with(
                        "rules/" + name + ".yml",
                        "AnalysisType: rule",
                        "RuleID: " + name,
                        "Filename: " + name + ".py",
                        String.join("\n", yaml),
                        "Tests:",
                        "  - Name: of " + name,
                        "    ExpectedResult: true",
                        "    Log: {eventName: Bad}")
                .with(
                        "rules/" + name + ".py",
                        "def rule(event):",
                        "    return event.get('eventName') == 'Bad'");
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
