package dev.caracal.rules.candidate;

import java.util.List;
import java.util.Map;

/**
 * What is known of an event before Python is asked.
 *
 * @param undecided the positions of the rules that only Python can tell of, in order
 * @param matched the rules that certainly match
 */
public record Candidates(int[] undecided, List<Matched> matched) {

    /**
     * A rule that matches.
     *
     * @param outputs what its other functions give, as judge.py hands it on
     */
    public record Matched(int position, Map<String, String> outputs) {}
}
