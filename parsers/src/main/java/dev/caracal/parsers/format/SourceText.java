package dev.caracal.parsers.format;

import dev.caracal.parsers.json.MismatchException;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** How the text of a derived field is made of the values of a record. */
sealed interface SourceText {

    /** Appends the text; false, and nothing appended, if the record has none. */
    boolean append(SourceValues values, ByteArrayOutputStream out) throws MismatchException;

    /** The text at a path. */
    record At(int path) implements SourceText {
        @Override
        public boolean append(SourceValues values, ByteArrayOutputStream out)
                throws MismatchException {
            if (!values.has(path)) {
                return false;
            }
            values.append(path, out);
            return true;
        }
    }

    /** Texts one after another, but for those that are missing. */
    record Joined(byte[] separator, List<SourceText> parts) implements SourceText {
        @Override
        public boolean append(SourceValues values, ByteArrayOutputStream out)
                throws MismatchException {
            boolean any = false;
            for (SourceText part : parts) {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                if (part.append(values, text)) {
                    out.writeBytes(any ? separator : new byte[0]);
                    out.writeBytes(text.toByteArray());
                    any = true;
                }
            }
            return any;
        }
    }

    /** What stands between two separators, the beginning and the end counting as such. */
    record Part(SourceText whole, byte[] separator, int index) implements SourceText {
        @Override
        public boolean append(SourceValues values, ByteArrayOutputStream out)
                throws MismatchException {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            if (!whole.append(values, text)) {
                return false;
            }
            byte[] bytes = text.toByteArray();
            int start = 0;
            for (int i = 0; i < index; i++) {
                int end = separatorAt(bytes, start);
                if (end == bytes.length) {
                    return false;
                }
                start = end + separator.length;
            }
            out.write(bytes, start, separatorAt(bytes, start) - start);
            return true;
        }

        private int separatorAt(byte[] bytes, int from) {
            for (int i = from; i <= bytes.length - separator.length; i++) {
                int matching = 0;
                while (matching < separator.length && bytes[i + matching] == separator[matching]) {
                    matching++;
                }
                if (matching == separator.length) {
                    return i;
                }
            }
            return bytes.length;
        }
    }
}
