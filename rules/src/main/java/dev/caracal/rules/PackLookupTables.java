package dev.caracal.rules;

import dev.caracal.parsers.LogTypes;
import dev.caracal.rules.lookup.LookupData;
import dev.caracal.rules.lookup.LookupReader;
import dev.caracal.rules.lookup.LookupSchema;
import dev.caracal.rules.lookup.LookupTable;
import dev.caracal.rules.lookup.LookupTables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lookup tables of a rule pack with the data that lies beside them on disk, for tests of rules.
 *
 * @param tables those that have their data
 * @param withoutData how many have none: it is in S3, elsewhere, or in a zip file
 */
public record PackLookupTables(LookupTables tables, int withoutData, List<RuleProblem> problems) {

    public PackLookupTables {
        problems = List.copyOf(problems);
    }

    /**
     * @param sources with the paths of files on disk, as {@link RulePack#lookupTables} has them
     */
    public static PackLookupTables load(List<RuleSource> sources) {
        List<LookupTables.Loaded> loaded = new ArrayList<>();
        List<RuleProblem> problems = new ArrayList<>();
        int withoutData = 0;
        for (RuleSource source : sources) {
            try {
                LookupTable table = LookupTableReader.read(source);
                if (table.data() instanceof LookupData.File file
                        && Files.exists(Path.of(source.path()))) {
                    loaded.add(load(table, Path.of(file.path())));
                } else {
                    withoutData++;
                }
            } catch (RuleException e) {
                problems.addAll(e.problems());
            }
        }
        return new PackLookupTables(new LookupTables(loaded), withoutData, problems);
    }

    private static LookupTables.Loaded load(LookupTable table, Path file) throws RuleException {
        LookupSchema schema =
                LogTypes.builtin()
                        .find(table.schema())
                        .map(logType -> LookupSchema.of(logType.schema(), table.primaryKey()))
                        .orElse(LookupSchema.NONE);
        if (!Files.exists(file)) {
            throw problem(table, "Filename: there is no file " + file);
        }
        try (InputStream data = Files.newInputStream(file)) {
            return new LookupTables.Loaded(
                    table, LookupReader.read(file.toString(), data, table.primaryKey(), schema));
        } catch (IOException e) {
            throw problem(table, String.valueOf(e.getMessage()));
        }
    }

    private static RuleException problem(LookupTable table, String reason) {
        return new RuleException(new RuleProblem(table.path(), 0, reason));
    }
}
