package dev.caracal.cli.search;

import dev.caracal.cli.TimeRange;
import dev.caracal.connectors.lake.LakeContent;
import dev.caracal.connectors.lake.LakeFile;
import dev.caracal.connectors.lake.LakeReader;
import dev.caracal.job.lake.CoreColumns;
import dev.caracal.job.lake.FindingTables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.iceberg.types.Types;

/** The lake's tables as views in DuckDB, each over the files that its current snapshot lists. */
final class LakeViews {

    /** The core and indicator fields of all events. */
    static final String ALL_LOGS = "all_logs";

    /** The database that rule packs' queries know the tables by, with the schema {@code public}. */
    private static final String PANTHER_LOGS = "panther_logs";

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");

    private final LakeReader lake;
    private final Connection connection;
    private final TimeRange range;
    private final Path cache;
    private final List<String> tables;
    private final Map<String, LakeContent> contents = new TreeMap<>();
    private final SearchProgress progress;
    private boolean hasPantherLogs;

    /**
     * @param range of the rows that the views show
     * @param cache where copies of files from S3 are kept
     */
    LakeViews(
            LakeReader lake,
            Connection connection,
            TimeRange range,
            Path cache,
            SearchProgress progress) {
        this.progress = progress;
        this.lake = lake;
        this.connection = connection;
        this.range = range;
        this.cache = cache;
        this.tables = lake.tables();
    }

    /** Every table of the lake. */
    List<String> tables() {
        return tables;
    }

    /** Those of events. */
    List<String> logTables() {
        return tables.stream().filter(LakeViews::isOfEvents).toList();
    }

    private static boolean isOfEvents(String table) {
        return !List.of(
                        FindingTables.RULE_MATCHES,
                        FindingTables.ALERTS,
                        FindingTables.DEAD_LETTERS)
                .contains(table);
    }

    /** What the views made so far are over, by table. */
    Map<String, LakeContent> contents() {
        return contents;
    }

    /** Makes the views of all tables whose names are words of the query, and no others. */
    void createFor(String sql) throws IOException, SQLException {
        List<String> words =
                WORD.matcher(sql)
                        .results()
                        .map(MatchResult::group)
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList();
        if (words.contains(PANTHER_LOGS)) {
            execute("ATTACH ':memory:' AS " + PANTHER_LOGS);
            execute("CREATE SCHEMA " + PANTHER_LOGS + ".public");
            hasPantherLogs = true;
        }
        if (words.contains(ALL_LOGS)) {
            createAllLogs();
        }
        for (String table : tables) {
            if (words.contains(table)) {
                create(table);
            }
        }
    }

    /** Makes the view of a table, if it is not there yet. */
    LakeContent create(String table) throws IOException, SQLException {
        LakeContent known = contents.get(table);
        return known == null ? create(table, content(table)) : known;
    }

    private LakeContent content(String table) throws IOException {
        progress.says("opening " + table);
        return lake.content(table, range.from(), range.to());
    }

    /** Makes a view of a table's files that may hold an indicator. */
    LakeContent create(String table, String indicator) throws IOException, SQLException {
        return create(table, holding(content(table), indicator));
    }

    private LakeContent holding(LakeContent content, String indicator) throws IOException {
        return lake.holding(content, Set.copyOf(CoreColumns.indicators()), indicator);
    }

    /** Makes a view of the matches that may hold an indicator; false if no match has an alert. */
    boolean createMatches(String indicator) throws IOException, SQLException {
        if (!tables.contains(FindingTables.RULE_MATCHES)) {
            return false;
        }
        LakeContent content = content(FindingTables.RULE_MATCHES);
        if (content.schema().findField("p_alert_id") == null) {
            return false;
        }
        create(FindingTables.RULE_MATCHES, holding(content, indicator));
        return true;
    }

    private LakeContent create(String table, LakeContent content) throws IOException, SQLException {
        contents.put(table, content);
        String select = select(content);
        execute("CREATE VIEW " + ColumnType.quote(table) + " AS " + select);
        if (hasPantherLogs) {
            execute(
                    "CREATE VIEW "
                            + PANTHER_LOGS
                            + ".public."
                            + ColumnType.quote(table)
                            + " AS "
                            + select);
        }
        return content;
    }

    private void createAllLogs() throws IOException, SQLException {
        String columns =
                Stream.concat(
                                Stream.of(
                                        CoreColumns.EVENT_TIME,
                                        CoreColumns.LOG_TYPE,
                                        CoreColumns.ROW_ID,
                                        CoreColumns.PARSE_TIME,
                                        "p_source_id",
                                        "p_source_label"),
                                CoreColumns.indicators().stream())
                        .collect(Collectors.joining(", "));
        List<String> parts = new ArrayList<>();
        for (String table : logTables()) {
            create(table);
            parts.add("SELECT " + columns + " FROM " + ColumnType.quote(table));
        }
        if (!parts.isEmpty()) {
            execute("CREATE VIEW " + ALL_LOGS + " AS " + String.join(" UNION ALL ", parts));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All columns are there, also those that no file has yet. */
    private String select(LakeContent content) throws IOException {
        String columns =
                content.schema().columns().stream()
                        .map(
                                field ->
                                        "NULL::"
                                                + ColumnType.of(field.type())
                                                + " AS "
                                                + ColumnType.quote(field.name()))
                        .collect(Collectors.joining(", "));
        String empty = "(SELECT " + columns + " LIMIT 0)";
        if (content.files().isEmpty()) {
            return empty;
        }
        List<String> paths = new ArrayList<>();
        for (LakeFile file : content.files()) {
            paths.add(ColumnType.text(local(content, file)));
        }
        return empty
                + " UNION ALL BY NAME (SELECT *"
                + renamed(content)
                + " FROM read_parquet(["
                + String.join(",", paths)
                + "], union_by_name = true, hive_partitioning = false)"
                + where(content)
                + ")";
    }

    private String local(LakeContent content, LakeFile file) throws IOException {
        if (lake.isLocal()) {
            return file.path();
        }
        progress.says("copying from " + content.table());
        Path copy = cache.resolve(file.path().replaceFirst("^s3://", ""));
        lake.copy(content, file, copy);
        return copy.toString();
    }

    /** Iceberg writes names that Avro does not allow in another form. */
    private static String renamed(LakeContent content) {
        String renames =
                content.schema().columns().stream()
                        .map(Types.NestedField::name)
                        .filter(name -> !AvroSchemaUtil.makeCompatibleName(name).equals(name))
                        .map(
                                name ->
                                        ColumnType.quote(AvroSchemaUtil.makeCompatibleName(name))
                                                + " AS "
                                                + ColumnType.quote(name))
                        .collect(Collectors.joining(", "));
        return renames.isEmpty() ? "" : " RENAME (" + renames + ")";
    }

    private String where(LakeContent content) {
        if (content.timeColumn().isEmpty()) {
            return "";
        }
        List<String> conditions = new ArrayList<>();
        String column = ColumnType.quote(content.timeColumn());
        range.from().ifPresent(time -> conditions.add(column + " >= TIMESTAMPTZ '" + time + "'"));
        range.to().ifPresent(time -> conditions.add(column + " < TIMESTAMPTZ '" + time + "'"));
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }
}
