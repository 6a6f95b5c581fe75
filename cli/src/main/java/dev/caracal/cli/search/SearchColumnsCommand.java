package dev.caracal.cli.search;

import dev.caracal.cli.ClosestName;
import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.connectors.lake.LakeReader;
import dev.caracal.job.lake.EventTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the columns of a table. */
@Command(name = "columns", description = "List the columns of a table.")
final class SearchColumnsCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private final LakeOption lake;

    @Parameters(index = "0", paramLabel = "TABLE", description = "A table or log type.")
    private String name = "";

    SearchColumnsCommand(Console console, Path home) {
        this.console = console;
        this.lake = new LakeOption(home);
    }

    @Override
    public Integer call() throws IOException {
        List<List<String>> columns = new ArrayList<>();
        try (LakeReader reader = new LakeReader(lake.settings())) {
            String found = find(reader.tables());
            add(
                    reader.content(found, Optional.empty(), Optional.empty()).schema().asStruct(),
                    "",
                    columns);
        }
        boolean described = columns.stream().anyMatch(column -> !column.get(2).isEmpty());
        AlignedTable table = new AlignedTable();
        table.add(List.of("column", "type", described ? "description" : ""));
        columns.forEach(table::add);
        table.print(console.out());
        return 0;
    }

    private String find(List<String> tables) {
        String wanted = EventTables.name(name);
        if (tables.contains(wanted)) {
            return wanted;
        }
        throw new WrongUsageException(
                "no table "
                        + name
                        + ClosestName.of(wanted, tables)
                                .map(meant -> "; did you mean " + meant + "?")
                                .orElse("; the lake has none yet"));
    }

    private static void add(Types.StructType type, String prefix, List<List<String>> columns) {
        for (Types.NestedField field : type.fields()) {
            String path = prefix + field.name();
            String doc = field.doc() == null ? "" : field.doc();
            columns.add(List.of(path, typeName(field.type()), doc));
            if (field.type().isStructType()) {
                add(field.type().asStructType(), path + '.', columns);
            }
        }
    }

    private static String typeName(Type type) {
        if (type.isListType()) {
            return typeName(type.asListType().elementType()) + "[]";
        }
        return type.isStructType() ? "STRUCT" : ColumnType.of(type);
    }
}
