package dev.caracal.rules;

import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is ready to judge.
 *
 * @param python its module in the engine's context; null if the rule is YAML alone
 */
record LoadedRule(RuleSource source, RuleDefinition definition, @Nullable Value python) {

    RuleMetadata metadata() {
        return definition.metadata();
    }
}
