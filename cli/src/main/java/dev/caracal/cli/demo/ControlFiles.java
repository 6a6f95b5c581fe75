package dev.caracal.cli.demo;

import dev.caracal.cli.samples.SampleAccount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demo's control location: its log sources, and a rule to be edited. */
public final class ControlFiles {

    private static final String WATCHLIST = "watched_person";

    private final Path sources;
    private final Path rules;

    public ControlFiles(Path control) {
        sources = control.resolve("sources");
        rules = control.resolve("rules");
    }

    /** Writes what is missing; what the user has edited stays as it is. */
    void create() throws IOException {
        createSources();
        Files.createDirectories(rules);
        for (String extension : List.of(".yml", ".py")) {
            writeIfMissing(rules.resolve(WATCHLIST + extension), resource(WATCHLIST + extension));
        }
    }

    /** The log sources alone, one for each account. */
    public void createSources() throws IOException {
        Files.createDirectories(sources);
        write(SampleAccount.SECURITY, "Security trail", List.of("AWSLogs/: AWS.CloudTrail"));
        write(
                SampleAccount.SHOP,
                "Shop",
                List.of(
                        prefix(SampleAccount.SHOP, "CloudTrail") + ": AWS.CloudTrail",
                        prefix(SampleAccount.SHOP, "elasticloadbalancing") + ": AWS.ALB",
                        "access/: AWS.S3ServerAccess"));
        write(
                SampleAccount.BANK,
                "Bank",
                List.of(
                        prefix(SampleAccount.BANK, "CloudTrail") + ": AWS.CloudTrail",
                        prefix(SampleAccount.BANK, "vpcflowlogs") + ": AWS.VPCFlow",
                        "okta/: Okta.SystemLog"));
        write(SampleAccount.SEALED, "Sealed", List.of("AWSLogs/: AWS.CloudTrail"));
    }

    /** The Python of the rule that the user is invited to edit. */
    Path editableRule() {
        return rules.resolve(WATCHLIST + ".py");
    }

    private static String prefix(SampleAccount account, String service) {
        return "AWSLogs/" + account.id() + '/' + service + '/';
    }

    private void write(SampleAccount account, String name, List<String> logTypeByPrefix)
            throws IOException {
        StringBuilder yaml = new StringBuilder();
        yaml.append("id: ").append(account.bucket()).append('\n');
        yaml.append("name: ").append(name).append('\n');
        yaml.append("accountId: \"").append(account.id()).append("\"\n");
        yaml.append("bucket: ").append(account.bucket()).append('\n');
        yaml.append("prefixLogTypes:\n");
        for (String entry : logTypeByPrefix) {
            String[] parts = entry.split(": ", 2);
            yaml.append("  - prefix: ").append(parts[0]).append('\n');
            yaml.append("    logTypes: [").append(parts[1]).append("]\n");
        }
        if (account != SampleAccount.SECURITY) {
            yaml.append("roleArn: ").append(DemoAccounts.roleArn(account)).append('\n');
            yaml.append("externalId: ").append(DemoAccounts.externalId(account)).append('\n');
        }
        writeIfMissing(sources.resolve(account.bucket() + ".yml"), yaml.toString());
    }

    private static void writeIfMissing(Path file, String content) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, content);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream content = ControlFiles.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("Resource is not on the class path: " + name);
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
