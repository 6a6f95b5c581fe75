package dev.caracal.cli.test;

import dev.caracal.cli.Console;
import dev.caracal.cli.ProgressLine;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleTestResult;

/** Lines for people: each test that did not pass, and why. */
final class TextReport implements TestReport {

    private static final String INDENT = "     ";

    private final ProgressLine lines;
    private final boolean colours;
    private final boolean verbose;
    private final int rules;
    private TestSummary soFar = TestSummary.NOTHING;

    /**
     * @param verbose the tests that pass, too, and for all of them what the functions gave
     * @param rules how many there will be
     */
    TextReport(Console console, boolean verbose, int rules) {
        this.lines = new ProgressLine(console.out(), console.display().isTerminal());
        this.colours = console.display() == Console.Display.COLOUR_TERMINAL;
        this.verbose = verbose;
        this.rules = rules;
    }

    private enum Colour {
        RED(31),
        GREEN(32);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    private String in(Colour colour, String text) {
        return colours ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    @Override
    public void problem(RuleProblem problem) {
        soFar = soFar.plusErrors(1);
        error(problem);
    }

    private void error(RuleProblem problem) {
        lines.println(in(Colour.RED, "ERROR") + " " + problem);
    }

    @Override
    public void rule(RuleRun run) {
        soFar = soFar.plus(run);
        run.problems().forEach(this::error);
        run.results().forEach(result -> test(run, result));
        lines.show(
                soFar.rules()
                        + " of "
                        + rules
                        + " rules"
                        + (soFar.isGood() ? "" : in(Colour.RED, ", not all good")));
    }

    private void test(RuleRun run, RuleTestResult result) {
        String place = " " + run.source().path() + ':' + result.test().line() + ": ";
        if (!result.passed()) {
            lines.println(in(Colour.RED, "FAIL") + place + result.reason());
            ResultText.lines(run, result).forEach(line -> lines.println(INDENT + line));
        } else if (verbose) {
            lines.println(in(Colour.GREEN, "PASS") + place + result.test().name());
        }
        if (verbose) {
            lines.println(INDENT + String.format("%-14s %s", "rule", answer(result)));
            FunctionRun.of(run.source(), result)
                    .forEach(function -> lines.println(INDENT + ResultText.line(function)));
        }
    }

    private static String answer(RuleTestResult result) {
        if (result.error().isPresent()) {
            return "raised " + result.error().get().text();
        }
        return result.matched() ? "True" : "False";
    }

    /** A line that is no result. */
    void note(String text) {
        lines.println(text);
    }

    @Override
    public void end(TestSummary summary) {
        lines.println(in(summary.isGood() ? Colour.GREEN : Colour.RED, summary.toString()));
    }
}
