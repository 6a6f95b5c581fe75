package dev.caracal.cli.demo;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A query in PromQL, and the legend under which its series are shown: what it names of Flink's. */
record PromQuery(String text, String legend) {

    private static final Pattern METRIC = Pattern.compile("\\bflink_\\w+");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)\\}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w+)\\s*\\}\\}");

    Set<String> metrics() {
        return METRIC.matcher(text).results().map(r -> r.group()).collect(Collectors.toSet());
    }

    /** The labels that its metrics are to have. */
    Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        MATCHERS.matcher(text)
                .results()
                .flatMap(matchers -> MATCHER.matcher(matchers.group(1)).results())
                .forEach(matcher -> labels.add(matcher.group(1)));
        GROUPING.matcher(text)
                .results()
                .flatMap(grouping -> Stream.of(grouping.group(1).split(",")))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .forEach(labels::add);
        PLACEHOLDER.matcher(legend).results().forEach(label -> labels.add(label.group(1)));
        return labels;
    }
}
