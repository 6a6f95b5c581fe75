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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a rule's YAML. Every key of Panther's format is either understood or refused by name, with
 * file and line.
 */
public final class RuleReader {

    private static final int DEFAULT_DEDUP_PERIOD_MINUTES = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

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
        return definition(source).metadata();
    }

    /** Reads all that the rule's YAML says. */
    static RuleDefinition definition(RuleSource source) throws RuleException {
        RuleYaml yaml = RuleYaml.read(source);
        YamlMap base = yaml.base();
        boolean isSimple = base.keys().contains("Detection");
        requireOneLogic(base, isSimple);
        return new RuleDefinition(
                metadata(source, yaml, isSimple),
                MatchExpressionReader.all(yaml.own().maps("InlineFilters")),
                isSimple
                        ? Optional.of(MatchExpressionReader.all(base.maps("Detection")))
                        : Optional.empty(),
                AlertTemplateReader.read(yaml));
    }

    private static void requireOneLogic(YamlMap yaml, boolean isSimple) throws RuleException {
        if (isSimple && yaml.keys().contains("Filename")) {
            throw yaml.problem(
                    yaml.line("Detection"), "a rule has either Detection or Filename, not both");
        }
        if (isSimple && yaml.maps("Detection").isEmpty()) {
            throw yaml.problem(
                    yaml.line("Detection"), "Detection is empty, expected match expressions");
        }
    }

    private static RuleMetadata metadata(RuleSource source, RuleYaml yaml, boolean isSimple)
            throws RuleException {
        String ruleId = yaml.own().text("RuleID", "the rule's id");
        YamlMap base = yaml.base();
        List<String> logTypes = base.texts("LogTypes");
        List<String> queries = base.texts("ScheduledQueries");
        if (yaml.type() == AnalysisType.RULE && logTypes.isEmpty()) {
            throw base.problem(
                    base.line("LogTypes"), "LogTypes is missing, expected at least one log type");
        }
        if (yaml.type() == AnalysisType.SCHEDULED_RULE && queries.isEmpty()) {
            throw base.problem(
                    base.line("ScheduledQueries"),
                    "ScheduledQueries is missing, expected at least one query");
        }
        return new RuleMetadata(
                yaml.type(),
                ruleId,
                version(source),
                source.path(),
                isSimple ? "" : pythonPath(source, base),
                orElse(yaml.with("DisplayName").text("DisplayName"), ruleId),
                yaml.with("Enabled").truth("Enabled", true),
                logTypes,
                queries,
                severity(yaml.with("Severity"), "Severity"),
                text(yaml, "Description"),
                text(yaml, "Reference"),
                text(yaml, "Runbook"),
                yaml.with("Tags").texts("Tags"),
                reports(yaml.with("Reports")),
                yaml.with("DedupPeriodMinutes")
                        .number("DedupPeriodMinutes", DEFAULT_DEDUP_PERIOD_MINUTES, 5, 1440),
                yaml.with("Threshold").number("Threshold", 1, 1, Integer.MAX_VALUE),
                yaml.with("SummaryAttributes").texts("SummaryAttributes"),
                text(yaml, "Status"),
                yaml.with("CreateAlert").truth("CreateAlert", true),
                yaml.with("OutputIds").texts("OutputIds"),
                tests(yaml.own(), logTypes.isEmpty() ? "" : logTypes.get(0)));
    }

    private static String pythonPath(RuleSource source, YamlMap yaml) throws RuleException {
        String yamlPath = source.isDerived() ? source.basePath() : source.path();
        return RuleSource.beside(yamlPath, yaml.text("Filename", "the name of a Python file"));
    }

    private static List<Report> reports(YamlMap yaml) throws RuleException {
        return yaml.textsByKey("Reports").entrySet().stream()
                .map(report -> new Report(report.getKey(), report.getValue()))
                .toList();
    }

    private static String text(RuleYaml yaml, String key) throws RuleException {
        return orElse(yaml.with(key).text(key), "");
    }

    static Severity severity(YamlMap yaml, String key) throws RuleException {
        String text = yaml.text(key, "Info, Low, Medium, High or Critical");
        try {
            return Severity.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw yaml.problem(
                    yaml.line(key),
                    key + " is '" + text + "', expected Info, Low, Medium, High or Critical");
        }
    }

    private static List<RuleTest> tests(YamlMap yaml, String firstLogType) throws RuleException {
        var tests = new ArrayList<RuleTest>();
        for (YamlMap test : yaml.maps("Tests")) {
            test.requireKeys(TEST_KEYS, "a test");
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
            mock.requireKeys(MOCK_KEYS, "a mock");
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

    private static String version(RuleSource source) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(source.yaml().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(source.python().getBytes(StandardCharsets.UTF_8));
            digest.update(source.baseYaml().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }

    private static String orElse(@Nullable String text, String missing) {
        return text == null ? missing : text;
    }
}
