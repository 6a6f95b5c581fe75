package dev.caracal.rules.candidate;

import java.util.Map;

/**
 * What a rule says of an event.
 *
 * @param outputs what its other functions give, as judge.py hands it on
 */
record Verdict(boolean matches, Map<String, String> outputs) {

    static final Verdict NO_MATCH = new Verdict(false, Map.of());
}
