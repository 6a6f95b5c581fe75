package dev.caracal.rules;

import java.util.Set;

/**
 * The YAML of a rule, and of its base if it is derived. A key that a derived rule does not have is
 * the base's.
 *
 * @param base the rule itself if it is not derived
 */
record RuleYaml(YamlMap own, YamlMap base, AnalysisType type) {

    /** The keys that a derived rule may have. */
    private static final Set<String> DERIVED_KEYS =
            Set.of(
                    "AnalysisType",
                    "RuleID",
                    "BaseDetection",
                    "Enabled",
                    "Severity",
                    "Description",
                    "DedupPeriodMinutes",
                    "InlineFilters",
                    "DisplayName",
                    "OnlyUseBaseRiskScore",
                    "OutputIds",
                    "Reference",
                    "Runbook",
                    "Status",
                    "SummaryAttributes",
                    "Threshold",
                    "Tags",
                    "Reports",
                    "DynamicSeverities",
                    "AlertTitle",
                    "AlertContext",
                    "GroupBy",
                    "Tests",
                    "CreateAlert",
                    "CreatedBy");

    /** The keys that a derived rule does not take over. */
    private static final Set<String> NOT_INHERITED = Set.of("RuleID", "InlineFilters", "Tests");

    static RuleYaml read(RuleSource source) throws RuleException {
        YamlMap own = YamlMap.parse(source.path(), source.yaml());
        AnalysisType type = rule(own);
        if (!source.isDerived()) {
            if (own.keys().contains("BaseDetection")) {
                throw own.problem(
                        own.line("BaseDetection"),
                        "BaseDetection: there is no rule " + own.text("BaseDetection"));
            }
            own.requireKeys(type.keys(), "a rule");
            return new RuleYaml(own, own, type);
        }
        own.requireKeys(DERIVED_KEYS, "a derived rule");
        RuleYaml base = read(source.base());
        return new RuleYaml(own, base.own(), base.type());
    }

    private static AnalysisType rule(YamlMap yaml) throws RuleException {
        String name = yaml.text("AnalysisType", "rule");
        AnalysisType type = AnalysisType.find(name).orElse(null);
        if (type == null || !type.isRule()) {
            throw yaml.problem(
                    yaml.line("AnalysisType"),
                    "AnalysisType is '" + name + "', expected rule or scheduled_rule");
        }
        return type;
    }

    boolean isDerived() {
        return own != base;
    }

    /** The map that has the key's value. */
    YamlMap with(String key) {
        return own.keys().contains(key) || NOT_INHERITED.contains(key) ? own : base;
    }
}
