package dev.caracal.rules;

import java.util.Map;
import java.util.Optional;
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

    /** The outcome of a rule that is YAML alone; empty if it does not match. */
    Optional<RuleOutcome> judge(EventTree event) {
        boolean matches =
                definition.detection().orElse(MatchExpression.TRUE).matches(event.root())
                        && definition.filter().matches(event.root());
        if (!matches) {
            return Optional.empty();
        }
        return Optional.of(
                new RuleOutcome(
                        metadata().ruleId(),
                        Optional.empty(),
                        definition.template().outputs(event.root()),
                        Map.of()));
    }
}
