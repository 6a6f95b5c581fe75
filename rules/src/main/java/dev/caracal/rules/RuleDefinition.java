package dev.caracal.rules;

import java.util.Optional;

/**
 * A rule's YAML in full: its metadata, and what of it is evaluated without Python.
 *
 * @param filter the inline filters; a rule does not see the events of which they are not true
 * @param detection of a rule that is YAML alone
 */
record RuleDefinition(
        RuleMetadata metadata,
        MatchExpression filter,
        Optional<MatchExpression> detection,
        AlertTemplate template) {

    boolean hasPython() {
        return detection.isEmpty();
    }

    boolean isFiltered() {
        return !filter.equals(MatchExpression.TRUE);
    }
}
