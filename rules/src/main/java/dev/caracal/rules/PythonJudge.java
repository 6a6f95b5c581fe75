package dev.caracal.rules;

import java.util.List;
import java.util.Optional;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Asks the rules of a context for their judgement; {@code Judge} of judge.py is its other half. */
final class PythonJudge {

    private final PythonContext python;
    private final Value start;
    private final Value goOn;
    private final Value again;
    private final Value fail;

    PythonJudge(PythonContext python) {
        this.python = python;
        Value judge = python.global("Judge").newInstance();
        start = judge.getMember("start");
        goOn = judge.getMember("go_on");
        again = judge.getMember("again");
        fail = judge.getMember("fail");
    }

    /**
     * What the rules say of an event, other than that it does not match.
     *
     * @param rules a list of Python
     * @param json the event, in UTF-8
     * @param timedOut takes the ids of the rules that exceeded the time limit
     */
    List<RuleOutcome> judge(Value rules, byte[] json, List<String> timedOut) {
        Value outcomes;
        try {
            outcomes = python.call(start, rules, python.eventText(json));
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

    /** What one rule says of a test's log; empty if it does not match. */
    Optional<RuleOutcome> test(String ruleId, Value rule, byte[] log, String mocks) {
        try {
            Value outcome = python.call(python.global("test"), rule, python.eventText(log), mocks);
            return RuleOutcome.read(outcome.asString()).stream().findFirst();
        } catch (PolyglotException e) {
            return Optional.of(RuleOutcome.failed(ruleId, RuleFailure.of(e)));
        }
    }
}
