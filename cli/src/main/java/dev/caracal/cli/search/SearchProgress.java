package dev.caracal.cli.search;

import dev.caracal.cli.ProgressLine;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** A line on a terminal that says what a search is doing, for how long, and how far it has come. */
final class SearchProgress implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final ProgressLine line;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "search-progress");
                        thread.setDaemon(true);
                        return thread;
                    });

    private volatile String doing = "opening the lake";
    private volatile @Nullable Statement query;

    SearchProgress(ProgressLine line) {
        this.line = line;
        timer.scheduleWithFixedDelay(
                this::show, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void says(String newDoing) {
        doing = newDoing;
    }

    /** The rest is this query's run. */
    void follows(Statement newQuery) throws SQLException {
        try (Statement settings = newQuery.getConnection().createStatement()) {
            settings.execute("SET enable_progress_bar = true");
            settings.execute("SET enable_progress_bar_print = false");
        }
        query = newQuery;
        doing = "searching";
    }

    private void show() {
        line.show(
                String.format(
                        Locale.ROOT,
                        "%s%s, %d s",
                        doing,
                        percentage(),
                        Duration.ofNanos(System.nanoTime() - start).toSeconds()));
    }

    private String percentage() {
        try {
            double done =
                    query instanceof DuckDBPreparedStatement running
                            ? running.getQueryProgress().getPercentage()
                            : 0;
            return done <= 0 ? "" : String.format(Locale.ROOT, " %.0f %%", done);
        } catch (SQLException e) {
            // It has ended meanwhile.
            return "";
        }
    }

    /** Leaves the terminal to what was found. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.clear();
    }
}
