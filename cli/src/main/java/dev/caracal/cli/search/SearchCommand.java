package dev.caracal.cli.search;

import dev.caracal.cli.Console;
import dev.caracal.cli.ProgressLine;
import dev.caracal.cli.TimeRange;
import dev.caracal.cli.TimeRangeOption;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.connectors.lake.LakeContent;
import dev.caracal.connectors.lake.LakeReader;
import dev.caracal.job.lake.EventTables;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.SavedQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks the data lake. */
@Command(
        name = "search",
        description = {
            "Ask the data lake, in SQL or for an indicator.",
            "Each log type is a table (AWS.CloudTrail is aws_cloudtrail); all_logs has the core and"
                    + " indicator fields of all of them; rule_matches, alerts and dead_letters are"
                    + " tables too."
        })
public final class SearchCommand implements Callable<Integer> {

    /** Rows on a terminal, if nothing else is asked for. */
    private static final int DEFAULT_ROWS = 100;

    private final Console console;

    @Mixin private final LakeOption lake;
    @Mixin private final TimeRangeOption time = new TimeRangeOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SQL",
            description =
                    "Such as \"SELECT eventName, count(*) FROM aws_cloudtrail GROUP BY ALL\".")
    private @Nullable String sql;

    @Option(
            names = "--indicator",
            paramLabel = "VALUE",
            description = "Find the events with this address, domain, hash, account, user …")
    private @Nullable String indicator;

    @Option(
            names = "--query",
            paramLabel = "ID",
            description =
                    "Run the saved_query or scheduled_query of that name; the rows of a scheduled one"
                            + " go through its scheduled rules.")
    private @Nullable String savedQuery;

    @Option(
            names = "--rules",
            paramLabel = "PATH",
            description = "The rule pack that has the query: a folder or a zip file.")
    private @Nullable Path rules;

    @Option(
            names = "--log-type",
            split = ",",
            paramLabel = "T",
            description = "Look for the indicator in these log types only.")
    private List<String> logTypes = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many rows (default: 100 in a table, else all).")
    private @Nullable Integer limit;

    @Option(
            names = "--output",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, jsonl, csv or parquet (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Write the rows there instead of to standard output.")
    private @Nullable Path file;

    private SearchCommand(Console console, Path home) {
        this.console = console;
        this.lake = new LakeOption(home);
    }

    /** The command with those below it. */
    public static CommandLine line(Console console, Path home) {
        return new CommandLine(new SearchCommand(console, home))
                .addSubcommand(new SearchTablesCommand(console, home))
                .addSubcommand(new SearchColumnsCommand(console, home))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException, SQLException {
        if (Stream.of(sql, indicator, savedQuery).filter(Objects::nonNull).count() != 1) {
            throw new WrongUsageException("expected either SQL or --indicator VALUE or --query ID");
        }
        if ((savedQuery == null) != (rules == null)) {
            throw new WrongUsageException("--query ID and --rules PATH need each other");
        }
        if (indicator == null && !logTypes.isEmpty()) {
            throw new WrongUsageException(
                    "--log-type goes with --indicator; a query names its tables itself");
        }
        if (format == OutputFormat.PARQUET && file == null) {
            throw new WrongUsageException("--output parquet needs --file FILE");
        }
        if (file != null && format == OutputFormat.TABLE) {
            throw new WrongUsageException("--file needs --output jsonl, csv or parquet");
        }
        TimeRange range = time.range();
        Instant start = Instant.now();
        QueryPack pack = rules == null ? null : QueryPack.read(rules);
        SavedQuery saved = pack == null || savedQuery == null ? null : pack.find(savedQuery);
        if (saved != null) {
            sql = SnowflakeSql.of(saved.sql()).inDuckDb();
        }
        try (SearchProgress progress =
                        new SearchProgress(
                                new ProgressLine(console.err(), console.display().isTerminal()));
                LakeReader reader = new LakeReader(lake.settings());
                Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            prepare(connection, saved != null);
            LakeViews views = new LakeViews(reader, connection, range, lake.cache(), progress);
            QueryRun run = new QueryRun(connection, console, progress);
            long rows = run(run, connection, views);
            progress.close();
            summarize(views, rows, start);
            if (rows == 0) {
                range.inWords().ifPresent(this::sayWhereWasLooked);
            }
            if (pack != null && saved != null && rows > 0) {
                judge(pack, pack.rulesOf(saved), run);
            }
        }
        return 0;
    }

    private static void prepare(Connection connection, boolean withSnowflake)
            throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            if (withSnowflake) {
                statement.execute(SnowflakeSql.functions());
            }
        }
    }

    private long run(QueryRun run, Connection connection, LakeViews views)
            throws IOException, SQLException {
        String query = query(views);
        if (query.isEmpty()) {
            return 0;
        }
        try {
            if (file != null) {
                return run.file(query, format, file);
            }
            return format == OutputFormat.TABLE ? run.table(query) : run.stream(query, format);
        } catch (SQLException e) {
            throw SqlFailure.explain(indicator == null ? ofStatement(connection, e) : e, views);
        }
    }

    /** What is wrong with the query as it was typed, without what has been put around it. */
    private SQLException ofStatement(Connection connection, SQLException failure) {
        try (PreparedStatement alone = connection.prepareStatement(statement())) {
            return failure;
        } catch (SQLException e) {
            return e;
        }
    }

    /** The rules see all rows, whatever the limit of those that are shown. */
    private void judge(QueryPack pack, List<RuleSource> scheduled, QueryRun run)
            throws IOException, SQLException {
        if (scheduled.isEmpty()) {
            return;
        }
        Path rows = Files.createTempFile("caracal-search", ".jsonl");
        try {
            run.file(statement(), OutputFormat.JSONL, rows);
            AlignedTable found = pack.judge(scheduled, rows);
            console.out().flush();
            found.print(format == OutputFormat.TABLE ? console.out() : console.err());
        } finally {
            Files.delete(rows);
        }
    }

    private String statement() {
        return String.valueOf(sql).strip().replaceFirst(";$", "");
    }

    /** The query over views that are made; empty if there is nothing to look into. */
    private String query(LakeViews views) throws IOException, SQLException {
        String query;
        if (indicator == null) {
            query = statement();
            views.createFor(query);
        } else {
            List<String> tables = tablesWith(indicator, views);
            if (tables.isEmpty()) {
                return "";
            }
            query =
                    IndicatorQuery.of(
                            indicator,
                            tables,
                            views.createMatches(indicator),
                            format != OutputFormat.TABLE);
        }
        if (limit == null && format != OutputFormat.TABLE) {
            return query;
        }
        int rows = limit == null ? DEFAULT_ROWS : limit;
        return "SELECT * FROM (" + query + "\n) LIMIT " + rows;
    }

    private List<String> tablesWith(String indicator, LakeViews views)
            throws IOException, SQLException {
        List<String> wanted =
                logTypes.isEmpty()
                        ? views.logTables()
                        : logTypes.stream().map(EventTables::name).toList();
        List<String> tables = new ArrayList<>();
        for (String table : wanted) {
            if (!views.tables().contains(table)) {
                throw new WrongUsageException(
                        "there are no events of " + table + "; `caracal search tables` lists all");
            }
            if (!views.create(table, indicator).files().isEmpty()) {
                tables.add(table);
            }
        }
        return tables;
    }

    private void sayWhereWasLooked(String times) {
        console.err()
                .println(
                        "Only events "
                                + times
                                + " were looked at; `caracal search \"SELECT min(p_event_time),"
                                + " max(p_event_time) FROM all_logs\"` tells which there are");
    }

    private void summarize(LakeViews views, long rows, Instant start) {
        long files = 0;
        long bytes = 0;
        for (LakeContent content : views.contents().values()) {
            files += content.files().size();
            bytes += content.bytes();
        }
        console.err()
                .printf(
                        Locale.ROOT,
                        "%d %s; %d files (%.1f MB) in %d tables; %.1f s%n",
                        rows,
                        rows == 1 ? "row" : "rows",
                        files,
                        bytes / 1e6,
                        views.contents().size(),
                        Duration.between(start, Instant.now()).toMillis() / 1e3);
        if (limit == null && format == OutputFormat.TABLE && rows == DEFAULT_ROWS) {
            console.err().println("These may be the first rows only; --limit N shows more");
        }
    }
}
