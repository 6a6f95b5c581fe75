package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackLookupTablesTest {

    @TempDir private Path folder;

    private RuleSource table(String name, String more) throws IOException {
        Path file = folder.resolve(name + ".yml");
        String yaml =
                "AnalysisType: lookup_table\nLookupName: "
                        + name
                        + "\nLogTypeMap: {PrimaryKey: k}\n";
        Files.writeString(file, yaml + more);
        return new RuleSource(AnalysisType.LOOKUP_TABLE, file.toString(), yaml + more, "", "", "");
    }

    @Test
    void whatLiesBesideADefinitionIsLoadedAndTheRestCounted() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "k\nx\n");
        RuleSource broken = table("broken", "Filename: broken.csv");
        Files.writeString(folder.resolve("broken.csv"), "j\nx\n");

        PackLookupTables tables =
                PackLookupTables.load(
                        List.of(
                                table("a", "Filename: a.csv"),
                                table("b", "Refresh: {ObjectPath: s3://b/b.csv}"),
                                table("c", "Query: SELECT 1"),
                                new RuleSource(
                                        AnalysisType.LOOKUP_TABLE,
                                        "in/a.zip.yml",
                                        broken.yaml(),
                                        "",
                                        "",
                                        ""),
                                table("missing", "Filename: missing.csv"),
                                broken));

        assertThat(tables.tables().size()).isEqualTo(1);
        assertThat(tables.withoutData()).isEqualTo(3);
        assertThat(tables.problems())
                .extracting(RuleProblem::toString)
                .containsExactly(
                        folder
                                + "/missing.yml: Filename: there is no file "
                                + folder
                                + "/missing.csv",
                        folder
                                + "/broken.yml: "
                                + folder
                                + "/broken.csv, after 1 rows: no row has the primary key k");
    }
}
