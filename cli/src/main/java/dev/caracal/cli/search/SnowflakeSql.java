package dev.caracal.cli.search;

import dev.caracal.job.lake.CoreColumns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule pack's query: its dialect is Snowflake's, with macros of Panther's.
 *
 * @param code without comments; strings are their numbers, such as {@code '0'}
 * @param strings what the strings say
 */
record SnowflakeSql(String code, List<String> strings) {

    private static final Pattern QUOTED =
            Pattern.compile(
                    "--[^\\n]*|/\\*.*?\\*/|'((?:[^'\\\\]|\\\\.|'')*)'|\\$\\$(.*?)\\$\\$",
                    Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("'(\\d+)'");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)|''", Pattern.DOTALL);

    /** The arguments: how long, and perhaps the table and the column of the time. */
    private static final Pattern SINCE =
            insensitive(
                    "\\bp_occurs_since\\(([^,()]+)(?:,\\s*(\\w*)\\s*)?(?:,\\s*([\\w.]+)\\s*)?\\)");

    private static final Pattern BETWEEN =
            insensitive(
                    "\\bp_occurs_between\\(([^,()]+),([^,()]+)(?:,\\s*(\\w*)\\s*)?"
                            + "(?:,\\s*([\\w.]+)\\s*)?\\)");

    /** {@code column:member.member[0]}, with names in quotes or not, and a number that follows. */
    private static final Pattern PATH =
            insensitive(
                    "(?<![:\\w.\"'\\]])([a-z_]\\w*(?:\\.[a-z_]\\w*)*)"
                            + "((?:\\[\\d+]|:(?!:)(?:[a-z_]\\w*|\"[^\"]+\"))"
                            + "(?:\\[\\d+]|[:.](?!:)(?:[a-z_]\\w*|\"[^\"]+\"))*)"
                            + "(\\s*(?:[<>=]|!=)+\\s*-?\\d)?");

    private static final Pattern MEMBER = insensitive("\\[\\d+]|[:.](?:([a-z_]\\w*)|(\"[^\"]+\"))");

    private static final Pattern LIKE_ANY =
            insensitive("\\b(i?)like\\s+any\\s*\\(((?:\\s*'\\d+'\\s*,?)+)\\)");

    private static final Pattern LIKE_SPECIAL = Pattern.compile("\\\\(.)|[^\\w\\s]|_");

    private static final Pattern RLIKE = insensitive("\\b(?:rlike|regexp)(?=\\s+')");
    private static final Pattern TABLE_FLATTEN =
            insensitive("\\btable\\s*\\(\\s*(flatten\\s*\\([^()]*\\))\\s*\\)");
    private static final Pattern UNIT =
            insensitive("\\b((?:date|time|timestamp)(?:add|diff))\\s*\\(\\s*([a-z]+)\\s*,");
    private static final Pattern CURRENT = insensitive("\\bcurrent_timestamp\\s*\\(\\s*\\)");
    private static final Pattern JSON_TYPE = insensitive("::\\s*(?:array|object)\\b");
    private static final Pattern CONSTRUCT = insensitive("\\barray_construct\\s*\\(");

    private record Foreign(Pattern pattern, String problem) {
        Foreign(String pattern, String problem) {
            this(insensitive(pattern), problem);
        }
    }

    private static final List<Foreign> FOREIGN =
            List.of(
                    new Foreign(
                            "\\{%|\\{\\{", "is a template of Panther's; write out what it makes"),
                    new Foreign(
                            "\\)\\s*:(?!:)",
                            "is a path into what a function gives; write json_member(function(…),"
                                    + " '$.member')"),
                    new Foreign(
                            "\\bi?like\\s+any\\b(?!\\s*\\((?:\\s*'\\d+'\\s*,?)+\\))",
                            "is known with texts only; write several LIKE with OR"),
                    new Foreign("\\bmatch_recognize\\b", "does not exist; write window functions"),
                    new Foreign(
                            "\\bwithin\\s+group\\b", "does not exist; ORDER BY goes into the call"),
                    new Foreign(
                            "\\bgenerator\\s*\\(", "does not exist; write FROM range(n) t(number)"),
                    new Foreign(
                            "\\bi?like\\s+all\\b", "does not exist; write several LIKE with AND"),
                    new Foreign(
                            "\\bp_occurs_\\w+\\s*\\(",
                            "is not known in this form, but p_occurs_since('1 day') and"
                                    + " p_occurs_between('2026-11-01', '2026-11-02') are"),
                    new Foreign(
                            "\\bsnowflake\\.\\w+\\.\\w+",
                            "is a table of Snowflake's own, and none of the lake"),
                    new Foreign(
                            "\\bpanther_(?!logs\\.public\\.)\\w+\\.public\\.\\w+",
                            "is no table of the lake, which has panther_logs.public only"));

    SnowflakeSql {
        strings = List.copyOf(strings);
    }

    static SnowflakeSql of(String sql) {
        List<String> strings = new ArrayList<>();
        String code =
                replace(
                        QUOTED,
                        sql,
                        found -> {
                            String text = found.group(1) == null ? found.group(2) : found.group(1);
                            String lines = found.group().replaceAll("[^\\n]", "");
                            if (text == null) {
                                return " " + lines;
                            }
                            strings.add(found.group(1) == null ? text : unescaped(text));
                            return "'" + (strings.size() - 1) + "'" + lines;
                        });
        return new SnowflakeSql(code, strings);
    }

    /** Makes the functions that queries call and DuckDB does not have. */
    static String functions() throws IOException {
        try (InputStream sql = SnowflakeSql.class.getResourceAsStream("snowflake.sql")) {
            return new String(
                    Objects.requireNonNull(sql, "snowflake.sql is missing").readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }

    private static String unescaped(String text) {
        return replace(
                ESCAPE,
                text,
                found ->
                        switch (String.valueOf(found.group(1))) {
                            case "null" -> "'";
                            case "n" -> "\n";
                            case "t" -> "\t";
                            default -> found.group(1);
                        });
    }

    /** A sentence for each thing that has no equal in DuckDB, with its line in the query. */
    List<String> foreign() {
        String rest = withTimes(code);
        List<String> found = new ArrayList<>();
        for (Foreign one : FOREIGN) {
            Matcher matcher = one.pattern().matcher(rest);
            if (matcher.find()) {
                long line =
                        1
                                + rest.substring(0, matcher.start())
                                        .chars()
                                        .filter(c -> c == '\n')
                                        .count();
                found.add("line " + line + ": " + matcher.group().strip() + ' ' + one.problem());
            }
        }
        return found;
    }

    /** The query in DuckDB's dialect, with the functions of {@code snowflake.sql}. */
    String inDuckDb() {
        String sql = withTimes(code);
        sql = TABLE_FLATTEN.matcher(sql).replaceAll("LATERAL $1");
        sql = UNIT.matcher(sql).replaceAll("$1('$2',");
        sql = CURRENT.matcher(sql).replaceAll("current_timestamp");
        sql = JSON_TYPE.matcher(sql).replaceAll("::JSON");
        sql = CONSTRUCT.matcher(sql).replaceAll("list_value(");
        sql = replace(PATH, sql, SnowflakeSql::member);
        List<String> all = new ArrayList<>(strings);
        sql = RLIKE.matcher(sql).replaceAll("SIMILAR TO");
        sql = replace(LIKE_ANY, sql, found -> similarToAny(found, all));
        return replace(STRING, sql, found -> ColumnType.text(all.get(number(found.group(1)))));
    }

    private String withTimes(String sql) {
        String since =
                replace(
                        SINCE,
                        sql,
                        found ->
                                "(%s > now() - INTERVAL '%s')"
                                        .formatted(
                                                column(found.group(2), found.group(3)),
                                                interval(found.group(1).strip())));
        return replace(
                BETWEEN,
                since,
                found ->
                        "(%s BETWEEN CAST(%s AS TIMESTAMPTZ) AND CAST(%s AS TIMESTAMPTZ))"
                                .formatted(
                                        column(found.group(3), found.group(4)),
                                        found.group(1).strip(),
                                        found.group(2).strip()));
    }

    private static String column(@Nullable String table, @Nullable String column) {
        String prefix = table == null || table.isEmpty() ? "" : table + '.';
        return prefix + (column == null ? CoreColumns.EVENT_TIME : column);
    }

    /** Seconds, if there is no unit. */
    private String interval(String length) {
        Matcher string = STRING.matcher(length);
        String text = string.matches() ? strings.get(number(string.group(1))) : length;
        return text.matches("\\d+") ? text + " seconds" : text;
    }

    private static String member(MatchResult found) {
        String path =
                replace(
                        MEMBER,
                        found.group(2),
                        member -> {
                            if (member.group(1) != null) {
                                return ".\"" + member.group(1) + '"';
                            }
                            return member.group(2) != null ? '.' + member.group(2) : member.group();
                        });
        String call = "json_member(" + found.group(1) + ", '$" + path + "')";
        return found.group(3) == null ? call : call + "::DOUBLE" + found.group(3);
    }

    private static String similarToAny(MatchResult found, List<String> strings) {
        String regex =
                STRING.matcher(found.group(2))
                        .results()
                        .map(string -> regex(strings.get(number(string.group(1)))))
                        .collect(Collectors.joining("|", flags(found) + "(?:", ")"));
        strings.add(regex);
        return "SIMILAR TO '" + (strings.size() - 1) + "'";
    }

    private static String flags(MatchResult like) {
        return like.group(1).isEmpty() ? "(?s)" : "(?is)";
    }

    private static String regex(String like) {
        return replace(
                LIKE_SPECIAL,
                like,
                found ->
                        switch (found.group()) {
                            case "%" -> ".*";
                            case "_" -> ".";
                            default -> "\\" + found.group(found.group(1) == null ? 0 : 1);
                        });
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static String replace(
            Pattern pattern, String text, Function<MatchResult, String> replacement) {
        return pattern.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found)));
    }

    private static Pattern insensitive(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }
}
