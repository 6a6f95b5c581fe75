package dev.caracal.rules;

import dev.caracal.parsers.Event;
import java.nio.charset.StandardCharsets;

/** Rules and events for tests, in one line each. */
final class Rules {

    static final String YAML =
            """
            AnalysisType: rule
            RuleID: %s
            Filename: rule.py
            LogTypes: [Test.Log]
            Severity: High
            """;

    private Rules() {}

    static RuleSource rule(String ruleId, String python) {
        return rule(ruleId, "", python);
    }

    static RuleSource rule(String ruleId, String moreYaml, String python) {
        return new RuleSource("pack/" + ruleId + ".yml", YAML.formatted(ruleId) + moreYaml, python);
    }

    static Event event(String json) {
        return event("Test.Log", json);
    }

    static Event event(String logType, String json) {
        return new Event(logType, "row-1", 1000, 2000, "", json.getBytes(StandardCharsets.UTF_8));
    }
}
