package dev.caracal.cli.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Changes in the control location: a rule, one more log source, and a schema with one more field.
 */
final class SoakChurn {

    private static final String RULE = "soak.changing";

    private final DrillRules rules;
    private final Path sources;
    private final Path schemas;
    private final Path shop;
    private int changes;

    SoakChurn(DrillRules rules, Path control) throws IOException {
        this.rules = rules;
        sources = control.resolve("sources");
        schemas = Files.createDirectories(control.resolve("schemas"));
        shop = sources.resolve("shop-logs.yml");
    }

    void change() throws IOException {
        changes++;
        rules.write(
                RULE,
                """
                def rule(event):
                    return event.get("eventName") == "Nothing%d"
                """
                        .formatted(changes));
        DrillRules.replace(sources.resolve("soak-" + changes + ".yml"), source());
        DrillRules.replace(schemas.resolve("soak.yml"), schema());
    }

    /**
     * Keys that the log source added before the newest takes begin so, as the job may not have the
     * newest in force yet; empty if there is none.
     */
    String knownPrefix() {
        return changes < 2 ? "" : prefix(changes - 1);
    }

    private static String prefix(int change) {
        return "soak/" + change + '/';
    }

    /** Under the role of the shop's. */
    private String source() throws IOException {
        String role =
                Files.readAllLines(shop).stream()
                        .filter(line -> line.matches("(accountId|bucket|roleArn|externalId):.*"))
                        .collect(Collectors.joining("\n"));
        return """
        id: soak-%1$d
        name: Soak %1$d
        %2$s
        prefixLogTypes:
          - prefix: %3$s
            logTypes: [AWS.CloudTrail]
        """
                .formatted(changes, role, prefix(changes));
    }

    private String schema() {
        StringBuilder yaml =
                new StringBuilder(
                        """
                        schema: Custom.Soak
                        description: A log type that gains one field after the other.
                        referenceURL: https://example.com/soak
                        fields:
                        """);
        for (int i = 0; i < changes; i++) {
            yaml.append(
                    """
                      - name: field%1$d
                        description: Field %1$d.
                        type: string
                    """
                            .formatted(i));
        }
        return yaml.toString();
    }
}
