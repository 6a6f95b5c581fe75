package dev.caracal.rules.lookup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file by RFC 4180, whose header names the columns. Empty fields are left out.
 */
final class CsvRows implements Rows {

    private static final int MAX_FIELD_CHARACTERS = 1 << 20;

    private final BufferedReader in;
    private final LookupSchema schema;
    private final List<String> header;

    CsvRows(InputStream in, LookupSchema schema) throws IOException {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        this.schema = schema;
        List<String> first = record();
        if (first == null) {
            throw new IOException("there is no header");
        }
        first.set(0, first.get(0).replaceFirst("^\uFEFF", ""));
        if (new HashSet<>(first).size() < first.size()) {
            throw new IOException("the header names a column twice: " + String.join(", ", first));
        }
        header = List.copyOf(first);
    }

    @Override
    public @Nullable ObjectNode next() throws IOException {
        List<String> fields = record();
        if (fields == null) {
            return null;
        }
        if (fields.size() != header.size()) {
            throw new IOException(
                    "there are " + fields.size() + " fields, expected " + header.size());
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).isEmpty()) {
                put(row, header.get(i), fields.get(i));
            }
        }
        return row;
    }

    private void put(ObjectNode row, String column, String text) throws IOException {
        LookupSchema.ColumnType type = schema.typesByColumn().get(column);
        if (type == null) {
            row.put(column, text);
            return;
        }
        switch (type) {
            case NUMBER -> row.put(column, number(column, text));
            case BOOLEAN -> row.put(column, truth(column, text));
        }
    }

    private static BigDecimal number(String column, String text) throws IOException {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IOException(column + " is '" + text + "', expected a number", e);
        }
    }

    private static boolean truth(String column, String text) throws IOException {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IOException(column + " is '" + text + "', expected true or false");
    }

    /** Null at the end; empty lines are passed over. */
    private @Nullable List<String> record() throws IOException {
        int c = in.read();
        while (c == '\n' || c == '\r') {
            c = in.read();
        }
        if (c < 0) {
            return null;
        }
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        while (true) {
            c = c == '"' ? quoted(field) : plain(c, field);
            fields.add(field.toString());
            field.setLength(0);
            if (c != ',') {
                return fields;
            }
            c = in.read();
        }
    }

    /** Gives what ended the field. */
    private int plain(int first, StringBuilder field) throws IOException {
        int c = first;
        while (c >= 0 && c != ',' && c != '\n' && c != '\r') {
            append(field, c);
            c = in.read();
        }
        return c;
    }

    private int quoted(StringBuilder field) throws IOException {
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("a quoted field does not end");
            }
            if (c != '"') {
                append(field, c);
                continue;
            }
            c = in.read();
            if (c == '"') {
                append(field, c);
            } else if (c < 0 || c == ',' || c == '\n' || c == '\r') {
                return c;
            } else {
                throw new IOException("expected a comma after the quoted field '" + field + "'");
            }
        }
    }

    private static void append(StringBuilder field, int c) throws IOException {
        if (field.length() == MAX_FIELD_CHARACTERS) {
            throw new IOException("a field has more than " + MAX_FIELD_CHARACTERS + " characters");
        }
        field.append((char) c);
    }
}
