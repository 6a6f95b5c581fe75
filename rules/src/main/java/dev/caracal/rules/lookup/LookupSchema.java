package dev.caracal.rules.lookup;

import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.schema.Field;
import dev.caracal.parsers.schema.FieldType;
import dev.caracal.parsers.schema.Schema;
import dev.caracal.parsers.schema.Validation;
import java.util.HashMap;
import java.util.Map;

/**
 * What a schema says of a lookup table's data.
 *
 * @param keyType how the primary key is matched
 * @param typesByColumn what the texts of a CSV file stand for; a column that is not in it is text
 */
public record LookupSchema(KeyType keyType, Map<String, ColumnType> typesByColumn) {

    /** No schema: the data decides, and all columns of a CSV file are text. */
    public static final LookupSchema NONE = new LookupSchema(KeyType.BY_DATA, Map.of());

    /** How values are compared with the primary key. */
    public enum KeyType {
        /** Equal texts. */
        TEXT,
        /** The most specific address or network of the table that holds the address. */
        ADDRESS,
        /** {@link #ADDRESS} if all keys of the data are addresses or networks, else as text. */
        BY_DATA
    }

    /** What a column's text stands for in JSON. */
    public enum ColumnType {
        NUMBER,
        BOOLEAN
    }

    public LookupSchema {
        typesByColumn = Map.copyOf(typesByColumn);
    }

    /** The key is an address if its field has indicator {@code ip}, or is checked as one. */
    public static LookupSchema of(Schema schema, String primaryKey) {
        KeyType keyType = KeyType.TEXT;
        Map<String, ColumnType> types = new HashMap<>();
        for (Field field : schema.fields()) {
            FieldType type = field.type();
            if (field.name().equals(primaryKey)) {
                keyType = isAddress(type) ? KeyType.ADDRESS : KeyType.TEXT;
            }
            if (type instanceof FieldType.IntegerType || type instanceof FieldType.FloatType) {
                types.put(field.name(), ColumnType.NUMBER);
            } else if (type instanceof FieldType.BooleanType) {
                types.put(field.name(), ColumnType.BOOLEAN);
            }
        }
        return new LookupSchema(keyType, types);
    }

    private static boolean isAddress(FieldType type) {
        if (type instanceof FieldType.ArrayType array) {
            return isAddress(array.element());
        }
        if (!(type instanceof FieldType.StringType text)) {
            return false;
        }
        return text.indicators().contains(Scanner.IP)
                || text.validation().ip() != Validation.Address.UNCHECKED
                || text.validation().cidr() != Validation.Address.UNCHECKED;
    }
}
