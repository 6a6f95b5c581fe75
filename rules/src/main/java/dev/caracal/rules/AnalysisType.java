package dev.caracal.rules;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The kinds of YAML files in a rule pack, as {@code AnalysisType} names them, and their keys. */
public enum AnalysisType {
    RULE("rule", "RuleID", Keys.STREAMED_RULE),
    SCHEDULED_RULE("scheduled_rule", "RuleID", Keys.STREAMED_RULE),
    GLOBAL("global", "GlobalID", "Filename Description Tags"),
    DATA_MODEL("datamodel", "DataModelID", "DisplayName Enabled Filename LogTypes Mappings"),
    CORRELATION_RULE("correlation_rule", "RuleID", Keys.ANY_RULE + " Detection"),
    POLICY(
            "policy",
            "PolicyID",
            Keys.ANY_RULE
                    + " Filename ResourceTypes Suppressions ActionDelaySeconds AutoRemediationID"
                    + " AutoRemediationParameters"),
    LOOKUP_TABLE(
            "lookup_table",
            "LookupName",
            "Enabled Filename Refresh Query Schema LogTypeMap Description DisplayName Reference"
                    + " Tags"),
    PACK("pack", "PackID", "PackDefinition Description DisplayName"),
    SAVED_QUERY("saved_query", "QueryName", Keys.QUERY),
    SCHEDULED_QUERY("scheduled_query", "QueryName", Keys.QUERY + " Enabled Schedule EmailConfig");

    private final String yamlName;
    private final String idKey;
    private final Set<String> keys;

    AnalysisType(String yamlName, String idKey, String keys) {
        this.yamlName = yamlName;
        this.idKey = idKey;
        var all = new TreeSet<>(Arrays.asList(keys.split(" ")));
        all.add("AnalysisType");
        all.add(idKey);
        this.keys = all;
    }

    static Optional<AnalysisType> find(String yamlName) {
        return Arrays.stream(values()).filter(type -> type.yamlName.equals(yamlName)).findFirst();
    }

    /** As in YAML, such as {@code scheduled_rule}. */
    public String yamlName() {
        return yamlName;
    }

    /** The key that holds the id, such as {@code RuleID}. */
    String idKey() {
        return idKey;
    }

    /** All keys that Panther documents for the type. */
    Set<String> keys() {
        return keys;
    }

    /** Whether it is {@link #RULE} or {@link #SCHEDULED_RULE}. */
    public boolean isRule() {
        return this == RULE || this == SCHEDULED_RULE;
    }

    /** Whether it is {@link #SAVED_QUERY} or {@link #SCHEDULED_QUERY}. */
    boolean isQuery() {
        return this == SAVED_QUERY || this == SCHEDULED_QUERY;
    }

    /** Whether the type is used here; the others are read no further than their keys. */
    boolean isUsed() {
        return isRule() || this == GLOBAL || this == DATA_MODEL || this == LOOKUP_TABLE;
    }

    private static final class Keys {
        static final String ANY_RULE =
                "DisplayName Enabled Severity Description Reference Runbook Tags Reports"
                        + " SummaryAttributes Status OutputIds CreateAlert CreatedBy"
                        + " OnlyUseBaseRiskScore Tests";
        static final String STREAMED_RULE =
                ANY_RULE
                        + " Filename Detection BaseDetection LogTypes ScheduledQueries"
                        + " DedupPeriodMinutes Threshold InlineFilters AlertTitle AlertContext"
                        + " DynamicSeverities GroupBy";
        static final String QUERY =
                "Query AthenaQuery SnowflakeQuery Description DisplayName Tags Lookback"
                        + " LookbackWindowSeconds";
    }
}
