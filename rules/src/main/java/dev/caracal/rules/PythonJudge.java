package dev.caracal.rules;

import dev.caracal.rules.candidate.Screen;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Asks the rules of a context for their judgement; {@code Judge} of judge.py is its other half. */
final class PythonJudge {

    private final PythonContext python;
    private final Value start;
    private final Value goOn;
    private final Value again;
    private final Value fail;
    private final Value describeRule;

    PythonJudge(PythonContext python) {
        this.python = python;
        Value judge = python.global("Judge").newInstance();
        start = judge.getMember("start");
        goOn = judge.getMember("go_on");
        again = judge.getMember("again");
        fail = judge.getMember("fail");
        describeRule = python.global("describe_rule");
    }

    /**
     * What the rules say of an event, other than that it does not match.
     *
     * @param rules a list of Python
     * @param positions which of them are asked
     * @param json the event, in UTF-8
     * @param timedOut takes the ids of the rules that exceeded the time limit
     */
    List<RuleOutcome> judge(Value rules, int[] positions, byte[] json, List<String> timedOut) {
        Value outcomes;
        try {
            outcomes = python.call(start, rules, text(positions), python.eventText(json));
        } catch (PolyglotException e) {
            judgeAlone(e, timedOut);
            outcomes = null;
        }
        while (outcomes == null) {
            try {
                outcomes = python.call(goOn);
            } catch (PolyglotException e) {
                judgeAlone(e, timedOut);
            }
        }
        return outcomes.isNull() ? List.of() : RuleOutcome.read(outcomes.asString());
    }

    private static String text(int[] positions) {
        return Arrays.stream(positions)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }

    /**
     * After a call over several rules broke off in one of them. The time limit was for them all, so
     * the rule gets a second go, and the limit for itself.
     */
    private void judgeAlone(PolyglotException e, List<String> timedOut) {
        PolyglotException last = e;
        if (e.isInterrupted()) {
            try {
                python.call(again);
                return;
            } catch (PolyglotException second) {
                last = second;
            }
        }
        RuleFailure failure = RuleFailure.of(last);
        String ruleId = fail.execute(failure.kind(), failure.text()).asString();
        if (last.isInterrupted()) {
            timedOut.add(ruleId);
        }
    }

    /** Tells what a rule certainly says of an event. */
    Screen screen(Value rule) {
        try {
            return Screen.of(python.load(describeRule, rule).asString());
        } catch (PolyglotException e) {
            return Screen.OPEN;
        }
    }

    /**
     * What one rule says of a test's log; empty if it does not match. It sees nothing of what rules
     * remember, and leaves nothing there.
     */
    Optional<RuleOutcome> test(String ruleId, Value rule, byte[] log, String mocks) {
        try {
            Value outcome =
                    python.callApart(python.global("test"), rule, python.eventText(log), mocks);
            return RuleOutcome.read(outcome.asString()).stream().findFirst();
        } catch (PolyglotException e) {
            return Optional.of(RuleOutcome.failed(ruleId, RuleFailure.of(e)));
        }
    }
}
