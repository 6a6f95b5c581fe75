package dev.caracal.cli.test;

import dev.caracal.rules.RuleFailure;
import dev.caracal.rules.RuleTestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What there is to say of one test's result, in lines. */
final class ResultText {

    private static final Pattern TRACE_LINE = Pattern.compile("(.*):([0-9]+) in (\\S+)");

    private ResultText() {}

    /** Of a test that did not pass: its failures, each with the lines of the rule's Python. */
    static List<String> lines(RuleRun run, RuleTestResult result) {
        var lines = new ArrayList<String>();
        result.error().ifPresent(failure -> add("rule", failure, run, lines));
        new TreeMap<>(result.functionErrors())
                .forEach((function, failure) -> add(function, failure, run, lines));
        return lines;
    }

    private static void add(String function, RuleFailure failure, RuleRun run, List<String> lines) {
        lines.add(function + "() raised " + failure.text());
        List<String> python = run.source().python().lines().toList();
        for (String at : failure.trace()) {
            Matcher matcher = TRACE_LINE.matcher(at);
            int line = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
            String code = line > 0 && line <= python.size() ? python.get(line - 1).strip() : "";
            lines.add("  " + at + (code.isEmpty() ? "" : ":  " + code));
        }
    }

    /** Of one function of the rule. */
    static String line(FunctionRun function) {
        return String.format("%-14s %s", function.name(), outcome(function));
    }

    private static String outcome(FunctionRun function) {
        if (!function.ran()) {
            return "did not run: rule gave False";
        }
        RuleFailure failure = function.failure();
        if (failure != null) {
            return "raised " + failure.text();
        }
        String output = function.output();
        return output == null ? "DEFAULT" : output;
    }
}
