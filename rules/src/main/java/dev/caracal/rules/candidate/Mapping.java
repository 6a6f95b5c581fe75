package dev.caracal.rules.candidate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Python dict, or an object of the event, which nothing changes. */
sealed interface Mapping {

    /** The value of the key, null if there is none. */
    @Nullable Object find(String key);

    /** A dict with text as keys. */
    record Dict(Map<String, Object> members) implements Mapping {
        @Override
        public @Nullable Object find(String key) {
            return members.get(key);
        }
    }

    /** An object of the event: exactly that key, or else the first that differs only in case. */
    final class EventObject implements Mapping {

        private final Map<String, Object> members = new LinkedHashMap<>();
        private boolean onlyAscii = true;

        void put(String key, Object value) {
            members.put(key, value);
            onlyAscii &= PythonValues.isAscii(key);
        }

        Map<String, Object> members() {
            return members;
        }

        @Override
        public @Nullable Object find(String key) {
            Object exact = members.get(key);
            if (exact != null) {
                return exact;
            }
            return onlyAscii && PythonValues.isAscii(key) ? findIgnoringCase(key) : fold(key);
        }

        private @Nullable Object findIgnoringCase(String key) {
            for (Map.Entry<String, Object> member : members.entrySet()) {
                if (member.getKey().equalsIgnoreCase(key)) {
                    return member.getValue();
                }
            }
            return null;
        }

        private @Nullable Object fold(String key) {
            String folded = key.toLowerCase(Locale.ROOT);
            for (Map.Entry<String, Object> member : members.entrySet()) {
                if (member.getKey().toLowerCase(Locale.ROOT).equals(folded)) {
                    return member.getValue();
                }
            }
            return null;
        }
    }

    /** An object of an event of which one member is known. */
    record Partial(String key, Object value) implements Mapping {
        @Override
        public Object find(String other) {
            return other.equals(key) ? value : Special.UNKNOWN;
        }
    }
}
