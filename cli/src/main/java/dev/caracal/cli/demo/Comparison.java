package dev.caracal.cli.demo;

import dev.caracal.cli.samples.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What must come out beside what came out, as a table. */
final class Comparison {

    private static final String LAYOUT = "%-13s  %-42s  %9s  %9s  %s";

    private final List<Row> rows = new ArrayList<>();

    private record Row(String kind, String name, long expected, long actual) {
        boolean agrees() {
            return expected == actual;
        }
    }

    /**
     * @param output what is in the output bucket
     * @param published the alerts that came by SNS
     */
    Comparison(Tally expected, Tally output, Tally published) {
        add("events", expected.events(), output.events());
        add("dead letters", expected.deadLetters(), output.deadLetters());
        add("alerts, S3", expected.alerts(), output.alerts());
        add("alerts, SNS", expected.alerts(), published.alerts());
    }

    private void add(String kind, Map<String, Long> expected, Map<String, Long> actual) {
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (String name : names) {
            rows.add(
                    new Row(
                            kind,
                            name,
                            expected.getOrDefault(name, 0L),
                            actual.getOrDefault(name, 0L)));
        }
    }

    boolean agrees() {
        return rows.stream().allMatch(Row::agrees);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(LAYOUT.formatted("", "", "must come", "came", "").stripTrailing());
        String kind = "";
        for (Row row : rows) {
            lines.add(
                    LAYOUT.formatted(
                                    row.kind().equals(kind) ? "" : row.kind(),
                                    row.name(),
                                    row.expected(),
                                    row.actual(),
                                    row.agrees() ? "" : "<-- differs")
                            .stripTrailing());
            kind = row.kind();
        }
        return lines;
    }
}
