package dev.caracal.rules.candidate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Python dict, or an object of the event, which nothing changes. */
sealed interface Mapping {

    /** The value of the key, null if there is none. */
    @Nullable Object find(String key);

    /** The fields of the unified data model, which an event has, not the objects within it. */
    default @Nullable Fields fields() {
        return null;
    }

    /** A dict with text as keys. */
    record Dict(Map<String, Object> members) implements Mapping {
        @Override
        public @Nullable Object find(String key) {
            return members.get(key);
        }

        /** A dict that the evaluation made can be changed, a constant cannot. */
        void put(String key, Object value) {
            try {
                members.put(key, value);
            } catch (UnsupportedOperationException e) {
                throw Unsure.UNSURE;
            }
        }
    }

    /** An object of the event: exactly that key, or else the first that differs only in case. */
    final class EventObject implements Mapping {

        private static final Object ABSENT = new Object();

        private final Map<String, Object> members = new LinkedHashMap<>();

        /** What was found for keys that are not there exactly: rules ask for the same ones. */
        private final Map<String, Object> otherwise = new HashMap<>(0);

        private final @Nullable Fields fields;
        private EventReader.@Nullable Slice unread;

        private boolean onlyAscii = true;

        /** A bit for each length that a name has, modulo 64. */
        private long lengths;

        /**
         * @param unread where its text is, to be read when it is first looked into
         */
        EventObject(@Nullable Fields fields, EventReader.@Nullable Slice unread) {
            this.fields = fields;
            this.unread = unread;
        }

        @Override
        public @Nullable Fields fields() {
            return fields;
        }

        /** Some names may not be ASCII. */
        void allowOther() {
            onlyAscii = false;
        }

        void put(String key, Object value) {
            members.put(key, value);
            lengths |= 1L << key.length();
        }

        Map<String, Object> members() {
            EventReader.Slice slice = unread;
            if (slice != null) {
                members.clear();
                slice.readInto(this);
                unread = null;
            }
            return members;
        }

        @Override
        public @Nullable Object find(String key) {
            Object exact = members().get(key);
            if (exact != null) {
                return exact;
            }
            boolean isAscii = PythonValues.isAscii(key);
            if (isAscii && (lengths & 1L << key.length()) == 0 && onlyAscii) {
                return null;
            }
            Object known = otherwise.get(key);
            if (known == null) {
                Object found = isAscii && onlyAscii ? findIgnoringCase(key) : fold(key);
                known = found == null ? ABSENT : found;
                otherwise.put(key, known);
            }
            return known == ABSENT ? null : known;
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
    record Partial(String key, Object value, @Nullable Fields fields) implements Mapping {
        @Override
        public Object find(String other) {
            return other.equals(key) ? value : Special.UNKNOWN;
        }
    }

    /** An object of the event that tells what is asked of it. */
    record Traced(EventObject object, int path, Trace trace) implements Mapping {
        @Override
        public @Nullable Object find(String key) {
            return trace.find(object, path, key);
        }

        @Override
        public @Nullable Fields fields() {
            return object.fields();
        }

        /** The object itself, of which the trace no longer tells. */
        EventObject untraced() {
            trace.giveUp();
            return object;
        }
    }
}
