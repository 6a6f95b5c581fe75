package dev.caracal.cli.search;

import dev.caracal.cli.ClosestName;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.rules.RuleFiles;
import dev.caracal.rules.AnalysisType;
import dev.caracal.rules.Match;
import dev.caracal.rules.RowJudge;
import dev.caracal.rules.RuleEngine;
import dev.caracal.rules.RuleException;
import dev.caracal.rules.RulePack;
import dev.caracal.rules.RuleReader;
import dev.caracal.rules.RuleSource;
import dev.caracal.rules.SavedQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The queries of a rule pack, and the scheduled rules that judge their rows. */
record QueryPack(RulePack pack) {

    static QueryPack read(Path rules) throws IOException {
        return new QueryPack(RulePack.load(RuleFiles.read(rules)));
    }

    /**
     * The query of that name.
     *
     * @throws WrongUsageException if there is none, or it has what DuckDB does not understand
     */
    SavedQuery find(String name) {
        SavedQuery query =
                pack.queries().stream()
                        .filter(one -> one.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow(() -> unknown(name));
        List<String> problems = SnowflakeSql.of(query.sql()).foreign();
        if (!problems.isEmpty()) {
            throw new WrongUsageException(
                    query.path()
                            + " has SQL that DuckDB does not understand; of the query\n  "
                            + String.join("\n  ", problems));
        }
        return query;
    }

    private WrongUsageException unknown(String name) {
        List<String> names = pack.queries().stream().map(SavedQuery::name).sorted().toList();
        return new WrongUsageException(
                "there is no query \""
                        + name
                        + '"'
                        + ClosestName.of(name, names)
                                .map(meant -> "; did you mean \"" + meant + "\"?")
                                .orElse("; there are " + names));
    }

    /** The scheduled rules that name the query. */
    List<RuleSource> rulesOf(SavedQuery query) {
        return pack.rules().stream()
                .filter(rule -> rule.type() == AnalysisType.SCHEDULED_RULE)
                .filter(rule -> names(rule, query))
                .toList();
    }

    private static boolean names(RuleSource rule, SavedQuery query) {
        try {
            return RuleReader.read(rule).scheduledQueries().contains(query.name());
        } catch (RuleException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * What rules say of rows: severity, rule and title, and the number of rows.
     *
     * @param rows a file with a JSON object in each line
     */
    AlignedTable judge(List<RuleSource> rules, Path rows) throws IOException {
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        try (RuleEngine engine = new RuleEngine()) {
            engine.load(pack.basis());
            List<RowJudge> judges = new ArrayList<>();
            for (RuleSource rule : rules) {
                judges.add(new RowJudge(engine, rule));
            }
            try (Stream<String> lines = Files.lines(rows)) {
                lines.forEach(
                        row ->
                                judges.forEach(
                                        judge ->
                                                judge.judge(row)
                                                        .ifPresent(
                                                                match ->
                                                                        counts.merge(
                                                                                cells(match),
                                                                                1,
                                                                                Integer::sum))));
            }
        } catch (RuleException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        AlignedTable table = new AlignedTable();
        if (!counts.isEmpty()) {
            table.add(List.of("severity", "rule", "matched rows", "title"));
        }
        counts.forEach(
                (match, count) ->
                        table.add(
                                List.of(
                                        match.get(0),
                                        match.get(1),
                                        String.valueOf(count),
                                        match.get(2))));
        return table;
    }

    private static List<String> cells(Match match) {
        String title = match.error() ? "error: " + match.title() : match.title();
        return List.of(match.severity().name(), match.ruleId(), title);
    }
}
