package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The schema of Terraform's AWS provider, as TypeScript that was generated from it: what each
 * resource takes, and what it gives.
 */
final class TerraformProvider {

    /** Generated from version 6.25.0 of the provider. */
    private static final String PACKAGE = "@cdktf/provider-aws@21.22.1";

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^(?:resource|data) \"(\\w+)\" \"\\w+\" \\{(}|$.*?^})");

    private static final Pattern NESTED = Pattern.compile("(?ms)^  (\\w+) \\{\n(.*?)^  }$");
    private static final Pattern REFERENCE =
            Pattern.compile("(?:\\bdata\\.|\\b)(aws_\\w+)\\.\\w+\\.(\\w+)");

    /** Where a type is named, in a block's head or a reference. */
    private static final Pattern TYPE =
            Pattern.compile("(?:(?:resource|data) \"|\\bdata\\.|\\b)(aws_\\w+)(?=[\".])");

    private static final Pattern VARIABLE = Pattern.compile("\\bvar\\.(\\w+)");
    private static final Pattern INTERFACE =
            Pattern.compile("(?ms)^export interface (\\w+) [^{]*\\{(.*?)^}");
    private static final Pattern FIELD = Pattern.compile("(?m)^    readonly (\\w+)(\\??): (\\w+)");

    private final Path archive;
    private final Path folder;

    private TerraformProvider(Path archive, Path folder) {
        this.archive = archive;
        this.folder = folder;
    }

    /** Skips the test, and says so, where nobody has fetched the schema. */
    static TerraformProvider require(Path folder) {
        Path schemas = Path.of(System.getProperty("caracal.home"), "target", "schemas");
        Path archive = schemas.resolve("cdktf-provider-aws-21.22.1.tgz");
        String reason =
                "resource types and arguments of Terraform are not checked: there is no "
                        + archive.normalize()
                        + ", which `npm pack "
                        + PACKAGE
                        + "` makes";
        if (!Files.exists(archive)) {
            System.err.println("SKIPPED: " + reason);
        }
        assumeTrue(Files.exists(archive), reason);
        return new TerraformProvider(archive, folder);
    }

    /** That each block has a type that exists, what it needs, and nothing that is unknown. */
    void check(Collection<String> texts) throws IOException, InterruptedException {
        unpack(
                texts.stream()
                        .flatMap(text -> TYPE.matcher(text).results())
                        .map(TerraformProvider::file)
                        .distinct()
                        .toList());
        for (String text : texts) {
            checkBlocks(text);
            checkReferences(text);
        }
    }

    private void unpack(List<String> files) throws IOException, InterruptedException {
        Path tar = Tool.require("tar", "--version", "the provider's schema cannot be unpacked");
        List<String> command = new ArrayList<>();
        command.addAll(List.of(tar.toString(), "xzf", archive.toString()));
        command.addAll(files);
        Tool.Run run = Tool.run(folder, command);
        assertThat(run.status()).as(run.output()).isZero();
    }

    private static String file(MatchResult type) {
        boolean data = type.group().startsWith("data");
        String words = type.group(1).replaceFirst("^aws_", "").replace('_', '-');
        return "package/lib/" + (data ? "data-aws-" : "") + words + "/index.d.ts";
    }

    private String declaration(MatchResult type) throws IOException {
        String text = Files.readString(folder.resolve(file(type)));
        assertThat(text).contains("static readonly tfResourceType = \"" + type.group(1) + '"');
        return text;
    }

    private void checkBlocks(String text) throws IOException {
        List<MatchResult> blocks = BLOCK.matcher(text).results().toList();
        assertThat(blocks).isNotEmpty();
        for (MatchResult block : blocks) {
            String types = declaration(block);
            checkArguments(types, configuration(types), block.group(2), "  ");
        }
    }

    private void checkReferences(String text) throws IOException {
        for (MatchResult reference : REFERENCE.matcher(text).results().toList()) {
            assertThat(declaration(reference))
                    .as(reference.group())
                    .contains("    get " + camelCase(reference.group(2)) + "()");
        }
        for (MatchResult variable : VARIABLE.matcher(text).results().toList()) {
            assertThat(text).contains("variable \"" + variable.group(1) + "\" {");
        }
    }

    private static String configuration(String types) {
        return INTERFACE
                .matcher(types)
                .results()
                .map(found -> found.group(1))
                .filter(name -> name.endsWith("Config"))
                .findFirst()
                .orElseThrow();
    }

    private static void checkArguments(String types, String name, String body, String margin) {
        Map<String, String> typeOf = new HashMap<>();
        Set<String> needed = new HashSet<>();
        FIELD.matcher(fields(types, name))
                .results()
                .forEach(
                        field -> {
                            typeOf.put(field.group(1), field.group(3));
                            if (field.group(2).isEmpty()) {
                                needed.add(field.group(1));
                            }
                        });
        Set<String> given =
                Pattern.compile("(?m)^" + margin + "(\\w+)(?: += | \\{$)")
                        .matcher(body)
                        .results()
                        .map(argument -> camelCase(argument.group(1)))
                        .collect(Collectors.toSet());
        assertThat(typeOf.keySet()).as(name).containsAll(given);
        assertThat(given).as(name).containsAll(needed);
        if (margin.length() > 2) {
            return;
        }
        NESTED.matcher(body)
                .results()
                .forEach(
                        nested ->
                                checkArguments(
                                        types,
                                        typeOf.getOrDefault(camelCase(nested.group(1)), ""),
                                        nested.group(2),
                                        "    "));
    }

    private static String fields(String types, String name) {
        return INTERFACE
                .matcher(types)
                .results()
                .filter(found -> found.group(1).equals(name))
                .map(found -> found.group(2))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no block " + name));
    }

    private static String camelCase(String words) {
        return Pattern.compile("_([a-z0-9])")
                .matcher(words)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
