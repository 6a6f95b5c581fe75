package dev.caracal.cli.search;

import dev.caracal.cli.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs a query and writes its rows. */
final class QueryRun {

    private final Connection connection;
    private final Console console;
    private final SearchProgress progress;

    /**
     * @param progress ends before the first row is printed
     */
    QueryRun(Connection connection, Console console, SearchProgress progress) {
        this.connection = connection;
        this.console = console;
        this.progress = progress;
    }

    /** Prints rows in aligned columns; the number of them. */
    long table(String sql) throws SQLException {
        AlignedTable table = new AlignedTable();
        long rows = 0;
        try (Statement statement = statement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (" + sql + ")")) {
            ResultSetMetaData columns = result.getMetaData();
            List<String> header = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                header.add(columns.getColumnName(i));
            }
            table.add(header);
            for (; result.next(); rows++) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= header.size(); i++) {
                    String value = result.getString(i);
                    row.add(value == null ? "" : value);
                }
                table.add(row);
            }
        }
        progress.close();
        if (rows > 0) {
            table.print(console.out());
        }
        return rows;
    }

    /** Writes rows to standard output in a format of DuckDB's; the number of them. */
    long stream(String sql, OutputFormat format) throws SQLException, IOException {
        Path file = Files.createTempFile("caracal-search", ".out");
        try {
            long rows = file(sql, format, file);
            progress.close();
            Files.copy(file, console.out());
            console.out().flush();
            return rows;
        } finally {
            Files.delete(file);
        }
    }

    /** Writes rows to a file; the number of them. */
    long file(String sql, OutputFormat format, Path file) throws SQLException {
        try (Statement statement = statement()) {
            return statement.executeLargeUpdate(
                    "COPY ("
                            + sql
                            + ") TO "
                            + ColumnType.text(file.toString())
                            + " ("
                            + format.copyOptions()
                            + ")");
        }
    }

    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        progress.follows(statement);
        return statement;
    }
}
