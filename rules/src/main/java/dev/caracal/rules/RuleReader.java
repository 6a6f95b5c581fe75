package dev.caracal.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a rule's YAML. Every key of Panther's format is either understood or refused by name, with
 * file and line.
 */
public final class RuleReader {

    private static final int DEFAULT_DEDUP_PERIOD_MINUTES = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> KEYS =
            Set.of(
                    "AnalysisType",
                    "RuleID",
                    "DisplayName",
                    "Enabled",
                    "Filename",
                    "LogTypes",
                    "Severity",
                    "Description",
                    "Reference",
                    "Runbook",
                    "Tags",
                    "Reports",
                    "DedupPeriodMinutes",
                    "Threshold",
                    "SummaryAttributes",
                    "Status",
                    "CreateAlert",
                    "OutputIds",
                    "Tests");
    private static final Set<String> KEYS_NOT_SUPPORTED_YET =
            Set.of(
                    "AlertContext",
                    "AlertTitle",
                    "BaseDetection",
                    "Detection",
                    "DynamicSeverities",
                    "GroupBy",
                    "InlineFilters",
                    "ScheduledQueries");
    private static final Set<String> TYPES_NOT_SUPPORTED_YET =
            Set.of(
                    "scheduled_rule",
                    "correlation_rule",
                    "policy",
                    "global",
                    "datamodel",
                    "lookup_table",
                    "pack",
                    "saved_query",
                    "scheduled_query",
                    "simple_detection");
    private static final Set<String> TEST_KEYS =
            Set.of("Name", "ExpectedResult", "Log", "LogType", "Mocks");
    private static final Set<String> MOCK_KEYS = Set.of("objectName", "returnValue");

    private RuleReader() {}

    /**
     * Reads the rule's metadata and tests; its Python is only hashed.
     *
     * @throws RuleException naming file, line, value and what was expected
     */
    public static RuleMetadata read(RuleSource source) throws RuleException {
        YamlMap yaml = YamlMap.parse(source.path(), source.yaml());
        requireRule(yaml);
        requireKeys(yaml, KEYS, "a rule");
        String ruleId = yaml.text("RuleID", "the rule's id");
        List<String> logTypes = yaml.texts("LogTypes");
        if (logTypes.isEmpty()) {
            throw yaml.problem(
                    yaml.line("LogTypes"), "LogTypes is missing, expected at least one log type");
        }
        return new RuleMetadata(
                ruleId,
                version(source),
                source.path(),
                pythonPath(source.path(), yaml.text("Filename", "the name of a Python file")),
                orElse(yaml.text("DisplayName"), ruleId),
                yaml.truth("Enabled", true),
                logTypes,
                severity(yaml),
                orElse(yaml.text("Description"), ""),
                orElse(yaml.text("Reference"), ""),
                orElse(yaml.text("Runbook"), ""),
                yaml.texts("Tags"),
                yaml.textsByKey("Reports"),
                yaml.number("DedupPeriodMinutes", DEFAULT_DEDUP_PERIOD_MINUTES, 5, 1440),
                yaml.number("Threshold", 1, 1, Integer.MAX_VALUE),
                yaml.texts("SummaryAttributes"),
                orElse(yaml.text("Status"), ""),
                yaml.truth("CreateAlert", true),
                yaml.texts("OutputIds"),
                tests(yaml, logTypes.get(0)));
    }

    private static void requireRule(YamlMap yaml) throws RuleException {
        String type = yaml.text("AnalysisType", "rule");
        if (TYPES_NOT_SUPPORTED_YET.contains(type)) {
            throw yaml.problem(
                    yaml.line("AnalysisType"), "AnalysisType " + type + " is not supported yet");
        }
        if (!type.equals("rule")) {
            throw yaml.problem(
                    yaml.line("AnalysisType"), "AnalysisType is '" + type + "', expected rule");
        }
    }

    private static void requireKeys(YamlMap yaml, Set<String> known, String owner)
            throws RuleException {
        for (String key : yaml.keys()) {
            if (KEYS_NOT_SUPPORTED_YET.contains(key)) {
                throw yaml.problem(yaml.line(key), key + " is not supported yet");
            }
            if (!known.contains(key)) {
                throw yaml.problem(
                        yaml.line(key),
                        "unknown key "
                                + key
                                + "; "
                                + owner
                                + " has "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static Severity severity(YamlMap yaml) throws RuleException {
        String text = yaml.text("Severity", "Info, Low, Medium, High or Critical");
        try {
            return Severity.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw yaml.problem(
                    yaml.line("Severity"),
                    "Severity is '" + text + "', expected Info, Low, Medium, High or Critical");
        }
    }

    private static List<RuleTest> tests(YamlMap yaml, String firstLogType) throws RuleException {
        var tests = new ArrayList<RuleTest>();
        for (YamlMap test : yaml.maps("Tests")) {
            requireKeys(test, TEST_KEYS, "a test");
            String name = test.text("Name", "the test's name");
            if (!test.keys().contains("ExpectedResult")) {
                throw test.problem(
                        test.line(), "ExpectedResult is missing, expected true or false");
            }
            if (!(test.value("Log") instanceof Map<?, ?> log)) {
                throw test.problem(test.line("Log"), "Log is missing, expected a mapping");
            }
            Object logType = log.get("p_log_type");
            tests.add(
                    new RuleTest(
                            name,
                            test.line(),
                            test.truth("ExpectedResult", false),
                            orElse(
                                    test.text("LogType"),
                                    logType instanceof String text ? text : firstLogType),
                            json(test, log),
                            json(test, mocks(test))));
        }
        return tests;
    }

    private static Map<String, @Nullable Object> mocks(YamlMap test) throws RuleException {
        var mocks = new LinkedHashMap<String, @Nullable Object>();
        for (YamlMap mock : test.maps("Mocks")) {
            requireKeys(mock, MOCK_KEYS, "a mock");
            mocks.put(
                    mock.text("objectName", "the name of an attribute"), mock.value("returnValue"));
        }
        return mocks;
    }

    private static String json(YamlMap test, Object value) throws RuleException {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw test.problem(test.line(), "this is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String pythonPath(String yamlPath, String filename) {
        return yamlPath.substring(0, yamlPath.lastIndexOf('/') + 1) + filename;
    }

    private static String version(RuleSource source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(source.yaml().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(source.python().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }

    private static String orElse(@Nullable String text, String missing) {
        return text == null ? missing : text;
    }
}
