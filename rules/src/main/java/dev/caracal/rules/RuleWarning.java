package dev.caracal.rules;

import java.util.Objects;

/**
 * Something about a file of the rule pack that shows only while rules run.
 *
 * @param path of the YAML file, as in the rule pack
 * @param text in a sentence
 */
public record RuleWarning(Reason reason, String path, String text) {

    /** What it is about, in a word that can be counted. */
    public enum Reason {
        /**
         * The rule ran too long or took too much memory several times in a row, and does not run
         * until it changes.
         */
        RESTS("rule-rests"),
        /** The module keeps more and more between events. */
        HOLDS_MEMORY("rule-holds-memory");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public RuleWarning {
        Objects.requireNonNull(reason, "reason is null");
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(text, "text is null");
    }
}
