package dev.caracal.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A condition on an event, written in YAML: what a simple detection and an inline filter consist
 * of.
 */
sealed interface MatchExpression {

    /** True of every event. */
    MatchExpression TRUE = new All(List.of());

    boolean matches(JsonNode event);

    /** True if every expression is, so with none. */
    record All(List<MatchExpression> expressions) implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            return expressions.stream().allMatch(expression -> expression.matches(event));
        }
    }

    /** True if at least one expression is. */
    record AnyOf(List<MatchExpression> expressions) implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            return expressions.stream().anyMatch(expression -> expression.matches(event));
        }
    }

    /** True if exactly one expression is. */
    record OnlyOne(List<MatchExpression> expressions) implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            return expressions.stream().filter(expression -> expression.matches(event)).count()
                    == 1;
        }
    }

    /** True if no expression is. */
    record NoneOf(List<MatchExpression> expressions) implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            return expressions.stream().noneMatch(expression -> expression.matches(event));
        }
    }

    /** {@code AlwaysTrue} and {@code AlwaysFalse}. */
    record Absolute(boolean result) implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            return result;
        }
    }

    /** Whether the event has the value, such as {@code Exists} and {@code IsNull}. */
    record Existence(KeySpecifier key, ExistenceCondition condition) implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            return condition.holds(key.in(event));
        }
    }

    /** Compares a value of the event with a given one. */
    record KeyValue(KeySpecifier key, ValueCondition condition, JsonNode value)
            implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            return condition.holds(key.in(event), value);
        }
    }

    /**
     * {@code IsIn} and {@code IsNotIn}: whether a value of the event is among given ones.
     *
     * @param wanted false for {@code IsNotIn}
     */
    record KeyValues(KeySpecifier key, boolean wanted, List<JsonNode> values)
            implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            JsonNode found = key.in(event);
            boolean isIn =
                    values.stream().anyMatch(value -> ValueCondition.EQUALS.holds(found, value));
            return isIn == wanted;
        }
    }

    /** Compares each value of the event with the next one. */
    record MultiKey(ValueCondition condition, List<KeySpecifier> keys) implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            for (int i = 1; i < keys.size(); i++) {
                if (!condition.holds(keys.get(i - 1).in(event), keys.get(i).in(event))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Asks of how many elements of a list the expression is true; see {@link ListCondition}. */
    record ListComprehension(KeySpecifier key, ListCondition condition, MatchExpression expression)
            implements MatchExpression {
        @Override
        public boolean matches(JsonNode event) {
            JsonNode list = key.in(event);
            int matching = 0;
            if (list.isArray()) {
                for (JsonNode element : list) {
                    if (expression.matches(element)) {
                        matching++;
                    }
                }
            }
            return condition.holds(list, matching);
        }
    }
}
