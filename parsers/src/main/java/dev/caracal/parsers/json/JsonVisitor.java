package dev.caracal.parsers.json;

/**
 * Sees the strings of a JSON value while it is copied. A key is a slice of the cursor's bytes, as
 * written; the elements of an array have the key of the array.
 */
public interface JsonVisitor {

    void beginObject(int keyStart, int keyEnd);

    void endObject();

    /** The string is the cursor's last token. */
    void string(JsonCursor cursor, int keyStart, int keyEnd);
}
