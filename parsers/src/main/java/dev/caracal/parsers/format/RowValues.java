package dev.caracal.parsers.format;

import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.FieldPath;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Values of a text record; a path is the name of one of its fields. */
final class RowValues implements SourceValues {

    private final TextRow row;
    private final int[] fields;

    RowValues(TextRow row, List<FieldPath> paths) {
        this.row = row;
        this.fields =
                paths.stream().mapToInt(p -> row.indexOf(String.join(".", p.keys()))).toArray();
    }

    @Override
    public boolean has(int path) {
        return fields[path] >= 0 && row.has(fields[path]);
    }

    @Override
    public void append(int path, ByteArrayOutputStream out) {
        int field = fields[path];
        out.write(row.bytes(field), row.offset(field), row.length(field));
    }

    @Override
    public void copy(int path, Member member, long object) throws MismatchException {
        int field = fields[path];
        member.text(row.bytes(field), row.offset(field), row.length(field), object);
    }
}
