package dev.caracal.cli.search;

import dev.caracal.cli.Console;
import dev.caracal.connectors.lake.LakeContent;
import dev.caracal.connectors.lake.LakeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the lake's tables. */
@Command(name = "tables", description = "List the lake's tables.")
final class SearchTablesCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private final LakeOption lake;

    SearchTablesCommand(Console console, Path home) {
        this.console = console;
        this.lake = new LakeOption(home);
    }

    @Override
    public Integer call() throws IOException {
        AlignedTable table = new AlignedTable();
        table.add(List.of("table", "rows", "files", "MB"));
        try (LakeReader reader = new LakeReader(lake.settings())) {
            for (String name : reader.tables()) {
                LakeContent content = reader.content(name, Optional.empty(), Optional.empty());
                table.add(
                        List.of(
                                name,
                                String.valueOf(content.rows()),
                                String.valueOf(content.files().size()),
                                String.format(Locale.ROOT, "%.1f", content.bytes() / 1e6)));
            }
        }
        table.print(console.out());
        return 0;
    }
}
