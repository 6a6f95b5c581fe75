package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of an event before Python is asked.
 *
 * @param undecided the positions of the rules that only Python can tell of, in order
 * @param matched the rules that certainly match
 * @param raising the rules that certainly raise an exception
 */
public record Candidates(int[] undecided, List<Matched> matched, List<Raising> raising) {

    /**
     * A rule that matches.
     *
     * @param outputs what its other functions give, as judge.py hands it on
     * @param raising those of them that raise an exception
     */
    public record Matched(int position, Map<String, String> outputs, Set<String> raising) {}

    /**
     * A rule that raises an exception.
     *
     * @param number which events with the same exception have in common
     */
    public record Raising(int position, long number) {}

    /** Of an event of which nothing is known. */
    public static Candidates undecided(int[] positions) {
        return new Candidates(positions, List.of(), List.of());
    }

    /** Whether no rule matches. */
    public boolean isEmpty() {
        return undecided.length == 0 && matched.isEmpty() && raising.isEmpty();
    }
}
