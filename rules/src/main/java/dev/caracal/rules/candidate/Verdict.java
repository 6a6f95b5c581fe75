package dev.caracal.rules.candidate;

import java.util.Map;
import java.util.Set;

/**
 * What a rule says of an event.
 *
 * @param outputs what its other functions give, as judge.py hands it on
 * @param raising those of them that raise an exception
 */
record Verdict(boolean matches, Map<String, String> outputs, Set<String> raising) {

    static final Verdict NO_MATCH = new Verdict(false, Map.of(), Set.of());
}
