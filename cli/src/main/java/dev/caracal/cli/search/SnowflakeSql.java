package dev.caracal.cli.search;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rule packs' queries have that DuckDB does not: their dialect is Snowflake's, with macros of
 * Panther's.
 */
final class SnowflakeSql {

    /** Comments and strings, in which nothing is looked for. */
    private static final Pattern QUOTED =
            Pattern.compile("--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'", Pattern.DOTALL);

    private static final Pattern SINCE =
            Pattern.compile("(?i)\\bp_occurs_since\\(\\s*'([^']+)'\\s*(?:,\\s*([\\w.]+)\\s*)?\\)");
    private static final Pattern BETWEEN =
            Pattern.compile("(?i)\\bp_occurs_between\\(\\s*'([^']+)'\\s*,\\s*'([^']+)'\\s*\\)");

    private record Construct(Pattern pattern, String instead) {
        Construct(String pattern, String instead) {
            this(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), instead);
        }
    }

    private static final List<Construct> CONSTRUCTS =
            List.of(
                    new Construct(
                            "\\{%|\\{\\{", "is a template of Panther's; write out what it makes"),
                    new Construct(
                            "(?<![:\\w])[a-z_][\\w.]*(?:\\[\\d+])?:(?!:)[a-z_\"][\\w.]*",
                            "is a path into JSON; write column.member for a column with members, and"
                                    + " column->>'member' for JSON text"),
                    new Construct(
                            "\\bflatten\\s*\\(", "does not exist; write unnest(list) in its place"),
                    new Construct(
                            "::\\s*(?:variant|array|object)\\b",
                            "does not exist as a type; leave it out"),
                    new Construct(
                            "\\barray_contains\\s*\\(",
                            "takes the list first: list_contains(list, value)"),
                    new Construct("\\barray_size\\s*\\(", "does not exist; write len(list)"),
                    new Construct(
                            "\\b(?:dateadd|timestampadd)\\s*\\(",
                            "does not exist; write time + INTERVAL '1 day'"),
                    new Construct(
                            "\\b(?:datediff|timediff|timestampdiff)\\s*\\(",
                            "does not exist; write date_diff('minute', begin, end)"),
                    new Construct(
                            "\\blike\\s+any\\b", "does not exist; write several LIKE with OR"),
                    new Construct(
                            "\\bmatch_recognize\\b", "does not exist; write window functions"),
                    new Construct(
                            "\\bwithin\\s+group\\b", "does not exist; ORDER BY goes into the call"),
                    new Construct(
                            "\\bp_occurs_\\w+\\s*\\(",
                            "is known with texts only, such as p_occurs_since('1 day') and"
                                    + " p_occurs_between('2026-11-01', '2026-11-02')"),
                    new Construct(
                            "\\bpanther_(?!logs\\.public\\.)\\w+\\.public\\.\\w+",
                            "is no table of the lake, which has panther_logs.public only"));

    private SnowflakeSql() {}

    /** The query with Panther's macros of time written out. */
    static String withoutMacros(String sql) {
        String since =
                SINCE.matcher(sql)
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                "("
                                                        + column(found)
                                                        + " > now() - INTERVAL '"
                                                        + found.group(1)
                                                        + "')"));
        return BETWEEN.matcher(since)
                .replaceAll("(p_event_time BETWEEN TIMESTAMPTZ '$1' AND TIMESTAMPTZ '$2')")
                .replaceAll("(?i)\\biff\\s*\\(", "if(");
    }

    private static String column(MatchResult found) {
        return found.group(2) == null ? "p_event_time" : found.group(2);
    }

    /**
     * A sentence for each construct that DuckDB does not understand, with its line in the query.
     */
    static List<String> notUnderstood(String sql) {
        String bare =
                QUOTED.matcher(sql)
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                found.group().replaceAll("[^\\n]", " ")));
        List<String> found = new ArrayList<>();
        for (Construct construct : CONSTRUCTS) {
            Matcher matcher = construct.pattern().matcher(bare);
            if (matcher.find()) {
                long line = bare.substring(0, matcher.start()).lines().count();
                boolean atLineStart =
                        matcher.start() == 0 || bare.charAt(matcher.start() - 1) == '\n';
                found.add(
                        "line "
                                + (atLineStart ? line + 1 : line)
                                + ": "
                                + matcher.group().strip()
                                + ' '
                                + construct.instead());
            }
        }
        return found;
    }
}
