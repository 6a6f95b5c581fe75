package dev.caracal.cli.test;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.rules.LoadResult;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Tests what depends on a changed file, after each change, until the thread is interrupted. */
final class WatchLoop {

    private final Console console;
    private final List<Path> paths;
    private final Selection selection;
    private final TestEngines engines;
    private final TestRun run;
    private boolean good = true;

    WatchLoop(
            Console console,
            List<Path> paths,
            Selection selection,
            TestEngines engines,
            TestRun run) {
        this.console = console;
        this.paths = List.copyOf(paths);
        this.selection = selection;
        this.engines = engines;
        this.run = run;
    }

    /**
     * @return whether all went well in the last run
     */
    boolean go(FileWatch files, TestedPack first, boolean firstGood)
            throws IOException, ExecutionException {
        good = firstGood;
        TestedPack pack = first;
        try {
            while (true) {
                console.err().println("watching " + paths + "; Ctrl-C ends");
                console.out().flush();
                files.awaitChange();
                pack = testAfter(pack);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return good;
        }
    }

    private TestedPack testAfter(TestedPack before)
            throws InterruptedException, ExecutionException, IOException {
        long start = System.nanoTime();
        try {
            TestedPack after = TestedPack.read(paths);
            List<RuleSource> rules = selection.of(after);
            LoadResult loaded = engines.use(after);
            var problems = new ArrayList<RuleProblem>(after.problems());
            problems.addAll(loaded.problems());
            var change = new PackChange(before, after, loaded);
            good = run.test(after, change.affected(rules), problems, start);
            return after;
        } catch (NoSuchFileException | WrongUsageException e) {
            console.err().println(e.getMessage());
            return before;
        }
    }
}
