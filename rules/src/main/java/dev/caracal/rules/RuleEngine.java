package dev.caracal.rules;

import dev.caracal.parsers.Event;
import dev.caracal.rules.candidate.CandidateIndex;
import dev.caracal.rules.candidate.Screen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rules on events, each rule in a Python module of its own, all in one sandboxed context.
 *
 * <p>For one thread at a time. Opening one takes 4 to 7 s of CPU for the first in a JVM, some 0.1 s
 * for the others. A rule that runs longer than the time limit is reported as a rule error; after
 * three of its evaluations in a row it rests until it is put again.
 */
public final class RuleEngine implements AutoCloseable {

    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(1);

    /** Leaves time for the imports of the standard library, which take seconds the first time. */
    public static final Duration DEFAULT_LOAD_TIME_LIMIT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RuleEngine.class);
    private static final int MAX_TIME_OUTS = 3;

    private final PythonContext python;
    private final Value start;
    private final Value goOn;
    private final Value again;
    private final Value fail;
    private final Value describe;
    private final Map<String, LoadedRule> rules = new LinkedHashMap<>();
    private final Map<String, RuleList> rulesByLogType = new HashMap<>();
    private final Map<String, Integer> timeOuts = new HashMap<>();

    public RuleEngine() {
        this(DEFAULT_TIME_LIMIT, DEFAULT_LOAD_TIME_LIMIT);
    }

    /**
     * @param timeLimit of CPU for one rule on one event, its functions included; a rule that only
     *     waits has ten times as long
     * @param loadTimeLimit of CPU for a rule's module, its imports included
     */
    public RuleEngine(Duration timeLimit, Duration loadTimeLimit) {
        python = new PythonContext(timeLimit, loadTimeLimit);
        Value judge = python.global("Judge").newInstance();
        start = judge.getMember("start");
        goOn = judge.getMember("go_on");
        again = judge.getMember("again");
        fail = judge.getMember("fail");
        describe = python.global("describe");
    }

    /**
     * Adds the rule, or replaces the one with its id. A rule that is not enabled is checked, and
     * does not run.
     *
     * @throws RuleException if the rule cannot be read or compiled; the version before it goes on
     *     working
     */
    public void put(RuleSource source) throws RuleException {
        RuleMetadata metadata = RuleReader.read(source);
        Value value = compile(metadata, source.python());
        rules.put(metadata.ruleId(), new LoadedRule(metadata, value, screen(value)));
        timeOuts.remove(metadata.ruleId());
        arrange();
    }

    /** Does nothing if there is no such rule. */
    public void remove(String ruleId) {
        rules.remove(ruleId);
        timeOuts.remove(ruleId);
        arrange();
    }

    /** The metadata of a rule that was put. */
    public Optional<RuleMetadata> find(String ruleId) {
        return Optional.ofNullable(rules.get(ruleId)).map(LoadedRule::metadata);
    }

    /** The matches and rule errors of all enabled rules for the event's log type. */
    public List<Match> evaluate(Event event) {
        RuleList wanted = rulesByLogType.get(event.logType());
        if (wanted == null) {
            return List.of();
        }
        int[] candidates = wanted.index().candidates(event.json());
        if (candidates.length == 0) {
            return List.of();
        }
        boolean timedOut = false;
        Value outcomes;
        try {
            String positions = positions(candidates);
            String text = python.eventText(event.json());
            outcomes = python.call(start, wanted.rules(), positions, text);
        } catch (PolyglotException e) {
            timedOut = judgeAlone(e);
            outcomes = null;
        }
        while (outcomes == null) {
            try {
                outcomes = python.call(goOn);
            } catch (PolyglotException e) {
                timedOut |= judgeAlone(e);
            }
        }
        if (!timedOut && !timeOuts.isEmpty()) {
            forgetTimeOuts(event.logType());
        }
        if (outcomes.isNull()) {
            return List.of();
        }
        return matches(outcomes.asString(), event);
    }

    private static String positions(int[] candidates) {
        return Arrays.stream(candidates)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }

    private List<Match> matches(String outcomes, Event event) {
        var matches = new ArrayList<Match>();
        for (RuleOutcome outcome : RuleOutcome.read(outcomes)) {
            LoadedRule rule = rules.get(outcome.ruleId());
            if (rule != null) {
                matches.add(outcome.match(rule.metadata(), event));
            }
        }
        return matches;
    }

    /**
     * After a call over several rules broke off in one of them. The time limit was for them all, so
     * the rule gets a second go, and the limit for itself.
     *
     * @return whether the rule exceeded the limit
     */
    private boolean judgeAlone(PolyglotException e) {
        PolyglotException last = e;
        if (e.isInterrupted()) {
            try {
                python.call(again);
                return false;
            } catch (PolyglotException second) {
                last = second;
            }
        }
        RuleFailure failure = RuleFailure.of(last);
        String ruleId = fail.execute(failure.kind(), failure.text()).asString();
        if (!last.isInterrupted()) {
            return false;
        }
        if (timeOuts.merge(ruleId, 1, Integer::sum) == MAX_TIME_OUTS) {
            LOG.warn(
                    "Rule {} ran too long {} times in a row, and rests until it changes",
                    ruleId,
                    MAX_TIME_OUTS);
            arrange();
        }
        return true;
    }

    private boolean rests(String ruleId) {
        return timeOuts.getOrDefault(ruleId, 0) >= MAX_TIME_OUTS;
    }

    private void forgetTimeOuts(String logType) {
        timeOuts.keySet()
                .removeIf(
                        ruleId -> {
                            LoadedRule rule = rules.get(ruleId);
                            return !rests(ruleId)
                                    && rule != null
                                    && rule.metadata().logTypes().contains(logType);
                        });
    }

    private void arrange() {
        var byLogType = new HashMap<String, List<LoadedRule>>();
        for (LoadedRule rule : rules.values()) {
            if (rule.metadata().enabled() && !rests(rule.metadata().ruleId())) {
                for (String logType : rule.metadata().logTypes()) {
                    byLogType.computeIfAbsent(logType, key -> new ArrayList<>()).add(rule);
                }
            }
        }
        Value list = python.global("rule_list");
        rulesByLogType.clear();
        byLogType.forEach(
                (logType, loaded) -> {
                    Object[] values = loaded.stream().map(LoadedRule::value).toArray();
                    List<Screen> screens = loaded.stream().map(LoadedRule::screen).toList();
                    CandidateIndex index = new CandidateIndex(screens);
                    rulesByLogType.put(logType, new RuleList(list.execute(values), index));
                });
    }

    private Screen screen(Value rule) {
        try {
            return Screen.of(python.load(describe, rule.getMember("rule")).asString());
        } catch (PolyglotException e) {
            return Screen.OPEN;
        }
    }

    /** A Python rule outside the ones that run. */
    Value compile(RuleMetadata metadata, String source) throws RuleException {
        Value compiled;
        try {
            compiled =
                    python.load(
                            python.global("compile_rule"),
                            metadata.ruleId(),
                            metadata.pythonPath(),
                            source);
        } catch (PolyglotException e) {
            throw new RuleException(RuleFailure.of(e).problem(metadata.pythonPath(), ""));
        }
        if (compiled.isString()) {
            throw new RuleException(
                    RuleFailure.read(compiled.asString()).problem(metadata.pythonPath(), ""));
        }
        return compiled;
    }

    /** Judges a test's log by a rule from {@link #compile}; empty if it does not match. */
    Optional<RuleOutcome> judge(Value rule, RuleTest test, RuleMetadata metadata) {
        try {
            String log = python.eventText(test.log().getBytes(StandardCharsets.UTF_8));
            Value outcome = python.call(python.global("test"), rule, log, test.mocks());
            return RuleOutcome.read(outcome.asString()).stream().findFirst();
        } catch (PolyglotException e) {
            return Optional.of(
                    new RuleOutcome(
                            metadata.ruleId(), Optional.of(RuleFailure.of(e)), Map.of(), Map.of()));
        }
    }

    @Override
    public void close() {
        python.close();
    }

    private record LoadedRule(RuleMetadata metadata, Value value, Screen screen) {}

    /** The rules of a log type, as a Python list, and the index of which can match. */
    private record RuleList(Value rules, CandidateIndex index) {}
}
