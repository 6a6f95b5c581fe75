package dev.caracal.parsers.authoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Picks the field that says when an event happened, out of all that are times: rather one that all
 * records have, then one by the name that most vendors give it, then one further up.
 */
final class EventTimeChoice {

    private static final List<String> NAMES =
            List.of("eventtime", "timestamp", "time", "ts", "published", "datetime", "date");

    /** Times of something else than the event. */
    private static final List<String> LAST =
            List.of("end", "ended", "expires", "expiry", "expiration", "updated", "modified");

    private record Candidate(ObservedValue value, boolean always, int rank, int depth) {}

    private final List<Candidate> candidates = new ArrayList<>();

    /** Null if there is no time. */
    @Nullable ObservedValue choose(ObservedValue record) {
        collect(record, true, 0);
        return candidates.stream()
                .min(
                        Comparator.comparing((Candidate candidate) -> !candidate.always())
                                .thenComparing(Candidate::rank)
                                .thenComparing(Candidate::depth))
                .map(Candidate::value)
                .orElse(null);
    }

    private void collect(ObservedValue object, boolean always, int depth) {
        for (Map.Entry<String, ObservedValue> member : object.members.entrySet()) {
            ObservedValue value = member.getValue();
            FieldWords words = FieldWords.of(member.getKey());
            boolean alwaysFilled = always && value.isAlwaysFilled(object);
            if (value.isObject() && !FieldInference.isMap(value)) {
                collect(value, alwaysFilled, depth + 1);
            } else if (FieldInference.time(words, value).isPresent()) {
                candidates.add(
                        new Candidate(value, alwaysFilled, rank(member.getKey(), words), depth));
            }
        }
    }

    private static int rank(String name, FieldWords words) {
        String letters = name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        int index = NAMES.indexOf(letters);
        if (index >= 0) {
            return index;
        }
        boolean last = words.words().stream().anyMatch(LAST::contains);
        return last ? NAMES.size() + 1 : NAMES.size();
    }
}
