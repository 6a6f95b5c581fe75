package dev.caracal.rules;

import dev.caracal.parsers.Event;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Judges rows of a query by a scheduled rule, enabled or not. */
public final class RowJudge {

    private final RuleEngine engine;
    private final LoadedRule rule;

    /**
     * @param engine has the globals that the rule uses
     * @throws RuleException if the rule cannot be read or compiled
     */
    public RowJudge(RuleEngine engine, RuleSource source) throws RuleException {
        this.engine = engine;
        this.rule = engine.compile(source);
    }

    /**
     * What the rule says of a row; empty if it does not match.
     *
     * @param row a JSON object
     */
    public Optional<Match> judge(String row) {
        RuleTest asked = new RuleTest("", 0, true, "", row, "{}");
        Event event = new Event("", "", 0, 0, "", row.getBytes(StandardCharsets.UTF_8));
        return engine.judge(rule, asked).map(outcome -> outcome.match(rule.metadata(), event));
    }
}
