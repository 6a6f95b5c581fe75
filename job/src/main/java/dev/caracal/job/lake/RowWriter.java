package dev.caracal.job.lake;

import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.time.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one table as the JSON objects that they were read from: the way back of {@link
 * RowReader}. Members come in the order of the columns; a time ends at its microseconds, and a
 * whole number in a column of fractions has the fraction {@code .0}.
 */
final class RowWriter {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final JsonOutput out = new JsonOutput();
    private final Timestamp timestamp = new Timestamp();
    private final TextColumns texts;
    private final Types.StructType columns;
    private final Members root;
    private final int unmappedIndex;

    /** Writes one value; what has no column there is null if there is nothing. */
    private interface Value {
        void write(Object value, @Nullable UnmappedValues unmapped);
    }

    RowWriter(Schema schema, TextColumns texts) {
        this.texts = texts;
        this.columns = schema.asStruct();
        this.root = new Members(columns, FlinkSchemaUtil.convert(schema), "");
        this.unmappedIndex = names(columns).indexOf(CoreColumns.UNMAPPED);
    }

    private static List<String> names(Types.StructType type) {
        return type.fields().stream().map(Types.NestedField::name).toList();
    }

    /**
     * @throws MismatchException if the text of {@link CoreColumns#UNMAPPED} is no JSON object
     */
    byte[] write(RowData row) throws MismatchException {
        UnmappedValues unmapped =
                unmappedIndex < 0 || row.isNullAt(unmappedIndex)
                        ? null
                        : UnmappedValues.read(row.getString(unmappedIndex).toBytes(), columns);
        out.clear();
        root.write(row, unmapped);
        return out.copy();
    }

    private Value value(Type type, LogicalType logicalType, String path) {
        return switch (type.typeId()) {
            case STRUCT -> new Members(type.asStructType(), (RowType) logicalType, path + '.');
            case LIST -> list(type.asListType(), (ArrayType) logicalType, path + "[]");
            case STRING -> text(path);
            case TIMESTAMP -> (value, unmapped) -> time((TimestampData) value);
            case DOUBLE, FLOAT -> (value, unmapped) -> fraction(((Number) value).doubleValue());
            case INTEGER, LONG -> (value, unmapped) -> out.number(((Number) value).longValue());
            default ->
                    (value, unmapped) -> out.raw(value.toString().getBytes(StandardCharsets.UTF_8));
        };
    }

    private Value text(String path) {
        if (texts.json().contains(path)) {
            return (value, unmapped) -> out.raw(((StringData) value).toBytes());
        }
        boolean maybeNumber = texts.numberOrText().contains(path);
        return (value, unmapped) -> {
            byte[] text = ((StringData) value).toBytes();
            if (maybeNumber && isWholeNumber(text)) {
                out.raw(text);
                return;
            }
            out.string(text, 0, text.length);
        };
    }

    private static boolean isWholeNumber(byte[] text) {
        int first = text.length > 0 && text[0] == '-' ? 1 : 0;
        for (int i = first; i < text.length; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return false;
            }
        }
        return first < text.length && (text[first] != '0' || text.length == 1);
    }

    private void time(TimestampData time) {
        long millis = time.getMillisecond();
        timestamp.set(
                Math.floorDiv(millis, 1000L),
                (int) Math.floorMod(millis, 1000L) * 1_000_000 + time.getNanoOfMillisecond());
        out.raw('"');
        timestamp.write(out.reserve(Timestamp.LENGTH), out.length());
        out.advance(Timestamp.LENGTH);
        out.raw('"');
    }

    private void fraction(double value) {
        out.raw(Double.toString(value).getBytes(StandardCharsets.US_ASCII));
    }

    private Value list(Types.ListType type, ArrayType logicalType, String path) {
        Value element = value(type.elementType(), logicalType.getElementType(), path);
        ArrayData.ElementGetter getter =
                ArrayData.createElementGetter(logicalType.getElementType());
        return (value, unmapped) -> {
            ArrayData array = (ArrayData) value;
            out.raw('[');
            for (int i = 0; i < array.size(); i++) {
                if (i > 0) {
                    out.raw(',');
                }
                Object one = getter.getElementOrNull(array, i);
                UnmappedValues rest = unmapped == null ? null : unmapped.element(i);
                if (one != null) {
                    element.write(one, rest);
                } else {
                    byte[] json = rest == null ? null : rest.json();
                    out.raw(json == null ? NULL : json);
                }
            }
            out.raw(']');
        };
    }

    /** An object, or a whole row; members that are null are left out. */
    private final class Members implements Value {

        private final List<String> names;
        private final List<byte[]> keys;
        private final List<Value> values = new ArrayList<>();
        private final List<RowData.FieldGetter> getters = new ArrayList<>();

        Members(Types.StructType type, RowType logicalType, String prefix) {
            names = names(type);
            keys = names.stream().map(JsonOutput::encodeKey).toList();
            for (int i = 0; i < names.size(); i++) {
                LogicalType member = logicalType.getTypeAt(i);
                values.add(value(type.fields().get(i).type(), member, prefix + names.get(i)));
                getters.add(RowData.createFieldGetter(member, i));
            }
        }

        @Override
        public void write(Object value, @Nullable UnmappedValues unmapped) {
            RowData row = (RowData) value;
            boolean isRoot = this == root;
            out.raw('{');
            for (int i = 0; i < keys.size(); i++) {
                if (isRoot && i == unmappedIndex) {
                    continue;
                }
                Object member = getters.get(i).getFieldOrNull(row);
                UnmappedValues rest = unmapped == null ? null : unmapped.member(names.get(i));
                if (member != null) {
                    out.key(keys.get(i));
                    values.get(i).write(member, rest);
                } else if (rest != null) {
                    member(keys.get(i), rest.json());
                }
            }
            if (unmapped != null) {
                unmapped.members().forEach(this::unlisted);
            }
            out.raw('}');
        }

        private void unlisted(String name, UnmappedValues value) {
            if (!names.contains(name)) {
                member(JsonOutput.encodeKey(name), value.json());
            }
        }

        private void member(byte[] key, byte @Nullable [] json) {
            if (json != null) {
                out.key(key);
                out.raw(json);
            }
        }
    }
}
