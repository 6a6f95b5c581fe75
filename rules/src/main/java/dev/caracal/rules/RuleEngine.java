package dev.caracal.rules;

import dev.caracal.parsers.Event;
import dev.caracal.rules.candidate.Candidates;
import dev.caracal.rules.lookup.LookupTables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.graalvm.polyglot.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rules on events, each rule in a Python module of its own, all in one sandboxed context.
 *
 * <p>For one thread at a time. Opening one takes 4 to 7 s of CPU for the first in a JVM, some 0.1 s
 * for the others. A rule that runs longer than the time limit or takes too much memory is reported
 * as a rule error; after three of its evaluations in a row it rests until it is put again. A rule
 * whose module holds on to more and more is loaded afresh.
 */
public final class RuleEngine implements AutoCloseable {

    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(1);

    /** Leaves time for the imports of the standard library, which take seconds the first time. */
    public static final Duration DEFAULT_LOAD_TIME_LIMIT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RuleEngine.class);

    private final PythonContext python;
    private final PythonModules modules;
    private final DataModels dataModels;
    private final PythonJudge judge;
    private final MemoryWatch memory;
    private final RuleCosts costs;
    private final List<RuleWarning> warnings = new ArrayList<>();
    private final LoadedRules rules;

    public RuleEngine() {
        this(DEFAULT_TIME_LIMIT, DEFAULT_LOAD_TIME_LIMIT);
    }

    /**
     * @param timeLimit of CPU for one rule on one event, its functions included; a rule that only
     *     waits has ten times as long
     * @param loadTimeLimit of CPU for a rule's module, its imports included
     */
    public RuleEngine(Duration timeLimit, Duration loadTimeLimit) {
        this(timeLimit, loadTimeLimit, new InMemoryRuleCache());
    }

    /**
     * @param cache what rules remember between events
     */
    public RuleEngine(Duration timeLimit, Duration loadTimeLimit, RuleCache cache) {
        this(timeLimit, loadTimeLimit, cache, new RuleCosts());
    }

    /**
     * @param costs takes what evaluations in Python cost
     */
    public RuleEngine(
            Duration timeLimit, Duration loadTimeLimit, RuleCache cache, RuleCosts costs) {
        this.costs = costs;
        python = new PythonContext(timeLimit, loadTimeLimit, cache);
        modules = new PythonModules(python);
        dataModels = new DataModels(python);
        judge = new PythonJudge(python);
        memory = new MemoryWatch(python);
        rules = new LoadedRules(new RulesByLogType(python, judge, dataModels));
    }

    /**
     * Makes these the globals, data models and rules of this engine. Only what is not as before is
     * compiled, and what imports it; what cannot be loaded is left out, or stays as it was.
     */
    public LoadResult load(List<RuleSource> sources) {
        var problems = new ArrayList<RuleProblem>();
        var globals = new ArrayList<GlobalModule>();
        var models = new ArrayList<DataModel>();
        for (RuleSource source : sources) {
            try {
                if (source.type() == AnalysisType.GLOBAL) {
                    globals.add(modules.read(source));
                } else if (source.type() == AnalysisType.DATA_MODEL) {
                    models.add(dataModels.read(source));
                }
            } catch (RuleException e) {
                problems.addAll(e.problems());
            }
        }
        Set<String> changed = modules.replace(globals, problems);
        boolean modelsChanged = dataModels.replace(models, changed, problems);
        if (modelsChanged) {
            rules.forgetDataModels();
        }
        loadRules(sources.stream().filter(source -> source.type().isRule()), changed, problems);
        var inForce = new ArrayList<RuleSource>(modules.sources());
        inForce.addAll(dataModels.sources());
        rules.all().forEach(rule -> inForce.add(rule.source()));
        return new LoadResult(inForce, problems, changed, modelsChanged);
    }

    private void loadRules(
            Stream<RuleSource> sources, Set<String> changedModules, List<RuleProblem> problems) {
        Map<String, LoadedRule> before =
                rules.all().stream()
                        .collect(
                                Collectors.toMap(
                                        rule -> rule.source().path(),
                                        rule -> rule,
                                        (one, other) -> other));
        Set<String> wanted = new HashSet<>();
        sources.forEach(
                source -> {
                    LoadedRule old = before.get(source.path());
                    if (old != null && isSame(old.source(), source, changedModules)) {
                        wanted.add(old.metadata().ruleId());
                        return;
                    }
                    try {
                        wanted.add(add(source));
                    } catch (RuleException e) {
                        problems.addAll(e.problems());
                        if (old != null) {
                            wanted.add(old.metadata().ruleId());
                        }
                    }
                });
        rules.retain(wanted);
        rules.arrange();
    }

    private static boolean isSame(RuleSource old, RuleSource source, Set<String> changedModules) {
        return old.equals(source) && !PythonModules.mentions(source.python(), changedModules);
    }

    /** Makes these the tables that {@code event.lookup} asks. */
    public void use(LookupTables lookupTables) {
        python.use(lookupTables);
    }

    /**
     * Adds the rule, or replaces the one with its id. A rule that is not enabled is checked, and
     * does not run.
     *
     * @throws RuleException if the rule cannot be read or compiled; the version before it goes on
     *     working
     */
    public void put(RuleSource source) throws RuleException {
        add(source);
        rules.arrange();
    }

    private String add(RuleSource source) throws RuleException {
        LoadedRule rule = compile(source);
        rules.add(rule);
        return rule.metadata().ruleId();
    }

    /** Does nothing if there is no such rule. */
    public void remove(String ruleId) {
        rules.remove(ruleId);
        rules.arrange();
    }

    /** The number of rules that were loaded or put, enabled or not. */
    public int size() {
        return rules.size();
    }

    /** The metadata of a rule that was loaded or put. */
    public Optional<RuleMetadata> find(String ruleId) {
        return Optional.ofNullable(rules.find(ruleId)).map(LoadedRule::metadata);
    }

    /** The matches and rule errors of all enabled rules for the event's log type. */
    public List<Match> evaluate(Event event) {
        LogTypeRules wanted = rules.running(event.logType());
        if (wanted == null) {
            return List.of();
        }
        var tree = new EventTree(event.json());
        return evaluate(event, tree, wanted, wanted.candidates(event.json(), tree));
    }

    /** The same without the candidate index, which may make no difference. */
    List<Match> evaluateAll(Event event) {
        LogTypeRules wanted = rules.running(event.logType());
        if (wanted == null) {
            return List.of();
        }
        var tree = new EventTree(event.json());
        return evaluate(event, tree, wanted, wanted.all(tree));
    }

    private List<Match> evaluate(
            Event event, EventTree tree, LogTypeRules wanted, Candidates candidates) {
        var matches = new ArrayList<Match>();
        for (LoadedRule rule : wanted.simple()) {
            rule.judge(tree)
                    .ifPresent(outcome -> matches.add(outcome.match(rule.metadata(), event)));
        }
        if (candidates.isEmpty()) {
            return matches;
        }
        outcomes(wanted, candidates, event)
                .forEach(
                        (position, outcome) -> {
                            LoadedRule rule = wanted.rule(position);
                            RuleOutcome full = outcome.with(rule.definition().template(), tree);
                            matches.add(full.match(rule.metadata(), event));
                        });
        return matches;
    }

    /** By the rule's position, what the candidates say. */
    private SortedMap<Integer, RuleOutcome> outcomes(
            LogTypeRules wanted, Candidates candidates, Event event) {
        SortedMap<Integer, RuleOutcome> outcomes = new TreeMap<>();
        for (Candidates.Matched one : candidates.matched()) {
            String ruleId = wanted.rule(one.position()).metadata().ruleId();
            outcomes.put(one.position(), RuleOutcome.of(ruleId, one.outputs(), one.raising()));
        }
        List<Candidates.Raising> unknown = new ArrayList<>();
        for (Candidates.Raising one : candidates.raising()) {
            RuleOutcome known = wanted.raised(one);
            if (known == null) {
                unknown.add(one);
            } else {
                outcomes.put(one.position(), known);
            }
        }
        int[] asked = withRaising(candidates.undecided(), unknown);
        if (asked.length > 0) {
            for (RuleOutcome outcome : ask(wanted, asked, event)) {
                outcomes.put(wanted.position(outcome.ruleId()), outcome);
            }
        }
        for (Candidates.Raising one : unknown) {
            RuleOutcome outcome = outcomes.get(one.position());
            if (outcome != null) {
                wanted.remember(one, outcome);
            }
        }
        return outcomes;
    }

    private static int[] withRaising(int[] undecided, List<Candidates.Raising> raising) {
        return raising.isEmpty()
                ? undecided
                : IntStream.concat(
                                Arrays.stream(undecided),
                                raising.stream().mapToInt(Candidates.Raising::position))
                        .sorted()
                        .toArray();
    }

    private List<RuleOutcome> ask(LogTypeRules wanted, int[] candidates, Event event) {
        var broken = new ArrayList<String>();
        long begun = System.nanoTime();
        List<RuleOutcome> outcomes = judge.judge(wanted.python(), candidates, event.json(), broken);
        costs.add(wanted.ruleIds(candidates), System.nanoTime() - begun);
        outcomes.stream()
                .filter(RuleOutcome::isOutOfMemory)
                .map(RuleOutcome::ruleId)
                .forEach(broken::add);
        broken.forEach(ruleId -> rules.countBroken(ruleId).ifPresent(this::warn));
        if (broken.isEmpty()) {
            rules.countKept(ruleId -> wanted.position(ruleId) >= 0);
        }
        if (memory.isDue()) {
            watchMemory(wanted.rule(candidates[memory.turn(candidates.length)]));
        }
        return outcomes;
    }

    private void watchMemory(LoadedRule rule) {
        memory.look(rule)
                .ifPresent(
                        warning -> {
                            warn(warning);
                            loadAfresh(rule);
                        });
        List<GlobalModule> globals = modules.globals();
        if (!globals.isEmpty()) {
            memory.look(globals.get(memory.turn(globals.size()))).ifPresent(this::warn);
        }
    }

    private void loadAfresh(LoadedRule rule) {
        try {
            rules.replaceModule(compile(rule.source()));
            rules.arrange();
        } catch (RuleException e) {
            LOG.warn("Rule {} cannot be loaded afresh", rule.metadata().ruleId(), e);
        }
    }

    private void warn(RuleWarning warning) {
        LOG.warn(warning.text());
        warnings.add(warning);
    }

    /** What has shown since the last call. */
    public List<RuleWarning> takeWarnings() {
        if (warnings.isEmpty()) {
            return List.of();
        }
        List<RuleWarning> taken = List.copyOf(warnings);
        warnings.clear();
        return taken;
    }

    /** How many engines, of this class loader, hold a Python context. */
    public static int openContexts() {
        return PythonEngine.holders();
    }

    /** Whether it can judge at all; one that cannot is to be closed, and another to be opened. */
    public boolean isUsable() {
        return python.answers();
    }

    /** A rule outside the ones that run. */
    LoadedRule compile(RuleSource source) throws RuleException {
        RuleDefinition definition = RuleReader.definition(source);
        if (!definition.hasPython()) {
            return new LoadedRule(source, definition, null);
        }
        RuleMetadata metadata = definition.metadata();
        Value compiled =
                python.compile(
                        metadata.pythonPath(),
                        "compile_rule",
                        metadata.ruleId(),
                        metadata.pythonPath(),
                        source.python());
        return new LoadedRule(source, definition, compiled);
    }

    /** Judges a test's log by a rule from {@link #compile}; empty if it does not match. */
    Optional<RuleOutcome> judge(LoadedRule rule, RuleTest test) {
        byte[] log = test.log().getBytes(StandardCharsets.UTF_8);
        var tree = new EventTree(log);
        Value module = rule.python();
        if (module == null) {
            return rule.judge(tree);
        }
        if (!rule.definition().filter().matches(tree.root())) {
            return Optional.empty();
        }
        return judge.test(rule.metadata().ruleId(), module, log, test.mocks())
                .map(outcome -> outcome.with(rule.definition().template(), tree));
    }

    @Override
    public void close() {
        python.close();
    }
}
