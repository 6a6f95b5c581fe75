package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.parsers.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a rule said of one event holds for those that look the same to it, and for no other. */
@ExtendWith(SharedEngine.class)
class DecisionTreeTest {

    private static final int EVENTS = 600;

    /** By rule, what it does; each looks at events in another way. */
    private static final Map<String, String> RULES = new LinkedHashMap<>();

    static {
        RULES.put("Scalar", "return event.get('a') == 'x'");
        RULES.put("OtherCase", "return event.get('A') == 'x' and event.get('b') != 2");
        RULES.put("Nested", "return event.deep_get('o', 'p', 'q', default=0) == 1");
        RULES.put("Emptiness", "return not event.get('o') and event.get('a') is not None");
        RULES.put("InnerEmptiness", "return bool(event.deep_get('o', 'p')) is (event['b'] == 1)");
        RULES.put("Kind", "return isinstance(event.get('b'), str) or isinstance(event['o'], dict)");
        RULES.put("Numbers", "return event.get('b') in (1, True) and event.get('b') is not True");
        RULES.put("AllFields", "return any(k.startswith('z') and v for k, v in event.items())");
        RULES.put("FieldsWithin", "return 'r' in event.get('o', {}).keys()");
        RULES.put("Length", "return len(event.get('o', {})) > 1");
        RULES.put("List", "return 'x' in (event.get('l') or []) and event['l'][0] != 'y'");
        RULES.put("ObjectsInList", "return any(i.get('q') == 1 for i in event.get('m', []))");
        RULES.put("Walk", "return event.deep_walk('m', 'q') == 1");
        RULES.put("MadeUpKey", "return event.get('k' + str(event.get('b'))) == event.get('a')");
        RULES.put("Raises", "return event.get('a').startswith('x') and event['b'] > 1");
        RULES.put("RaisesKey", "return event['o']['p'] == event['missing' + str(event['b'])]");
        RULES.put("Whole", "return event.get('o') == {'p': {'q': 1}}");
        RULES.put("Text", "return 'q' in str(event.get('o'))");
    }

    @Test
    void eventsThatAreAlikeAndNotAreJudgedAsPythonJudgesThem(RuleEngine engine) throws Exception {
        for (Map.Entry<String, String> rule : RULES.entrySet()) {
            engine.put(
                    Rules.rule(rule.getKey(), "def rule(event):\n    " + rule.getValue() + "\n"));
        }
        try {
            var random = new Random(7);
            var seen = new TreeSet<String>();
            for (int i = 0; i < EVENTS; i++) {
                Event event = Rules.event(json(random, i));
                List<String> found = describe(engine.evaluate(event));
                assertThat(found)
                        .as(new String(event.json(), StandardCharsets.UTF_8))
                        .isEqualTo(describe(engine.evaluateAll(event)));
                seen.addAll(found);
            }
            // Each rule has matched or failed at times: the events are such that it matters.
            assertThat(seen).anySatisfy(one -> assertThat(one).startsWith("Raises true"));
            for (String rule : RULES.keySet()) {
                assertThat(seen).anySatisfy(one -> assertThat(one).startsWith(rule + " "));
            }
        } finally {
            RULES.keySet().forEach(engine::remove);
        }
    }

    @Test
    void whenARuleChangesTheOthersKeepWhatIsKnown(RuleEngine engine) throws Exception {
        engine.put(Rules.rule("Same", "def rule(event):\n    return event['a'].lower() == 'x'\n"));
        engine.put(Rules.rule("Other", "def rule(event):\n    return event.get('a') == 'x'\n"));
        try {
            for (String changed : List.of("event.get('b') == 1", "event['c'] == 2", "True")) {
                for (String json : List.of("{\"a\": \"x\", \"b\": 1}", "{\"a\": null}", "{}")) {
                    Event event = Rules.event(json);
                    assertThat(describe(engine.evaluate(event)))
                            .isEqualTo(describe(engine.evaluateAll(event)));
                }
                engine.put(Rules.rule("Other", "def rule(event):\n    return " + changed + "\n"));
            }
            assertThat(describe(engine.evaluate(Rules.event("{\"a\": \"X\"}"))))
                    .satisfiesExactly(
                            same -> assertThat(same).startsWith("Same false"),
                            other -> assertThat(other).startsWith("Other false"));
        } finally {
            List.of("Same", "Other").forEach(engine::remove);
        }
    }

    @Test
    void aRememberedErrorNamesTheEventThatCausedIt(RuleEngine engine) throws Exception {
        engine.put(Rules.rule("Fails", "def rule(event):\n    return event['a'].lower()\n"));
        try {
            Match first = engine.evaluate(event("row-1")).get(0);
            Match second = engine.evaluate(event("row-2")).get(0);

            assertThat(first.rowId()).isEqualTo("row-1");
            assertThat(second.rowId()).isEqualTo("row-2");
            assertThat(second.title())
                    .isEqualTo(first.title())
                    .contains("'NoneType' object has no attribute 'lower'");
            assertThat(second.description()).contains("rule.py:2 in rule");
        } finally {
            engine.remove("Fails");
        }
    }

    @Test
    void aRuleThatAsksTheCacheIsRememberedOnlyAsFarAsItDidNot(RuleEngine engine) throws Exception {
        String python =
                """
                from panther_detection_helpers.caching import get_string_set, put_string_set

                def rule(event):
                    if not event['a'].startswith('x'):
                        return False
                    known = get_string_set('remembered')
                    put_string_set('remembered', ['x'], 4102444800)
                    return len(known) > 0
                """;
        engine.put(Rules.rule("Asks", python));
        try {
            Event event = Rules.event("{\"a\": \"xy\"}");
            assertThat(engine.evaluate(event)).isEmpty();
            assertThat(engine.evaluate(event)).hasSize(1);
            assertThat(engine.evaluate(Rules.event("{\"a\": \"y\"}"))).isEmpty();
            Event broken = Rules.event("{\"a\": null}");
            assertThat(describe(engine.evaluate(broken)))
                    .hasSize(1)
                    .isEqualTo(describe(engine.evaluate(broken)))
                    .isEqualTo(describe(engine.evaluateAll(broken)));
        } finally {
            engine.remove("Asks");
        }
    }

    @Test
    void aRuleThatGoesByTheTimeIsAskedEachTime(RuleEngine engine) throws Exception {
        String python =
                """
                import time

                def rule(event):
                    return event.get('a') == 'x' and time.time() > event.get('due')
                """;
        engine.put(Rules.rule("Late", python));
        try {
            engine.evaluate(Rules.event("{}"));
            double due = System.currentTimeMillis() / 1e3 + 1;
            Event event = Rules.event("{\"a\": \"x\", \"due\": " + due + "}");
            assertThat(engine.evaluate(event)).isEmpty();
            long end = System.nanoTime() + 10_000_000_000L;
            while (engine.evaluate(event).isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(end);
            }
        } finally {
            engine.remove("Late");
        }
    }

    private static Event event(String rowId) {
        byte[] json = "{\"a\": null}".getBytes(StandardCharsets.UTF_8);
        return new Event("Test.Log", rowId, 1000, 2000, "", json);
    }

    private static List<String> describe(List<Match> matches) {
        return matches.stream()
                .map(
                        match ->
                                String.join(
                                        " ",
                                        match.ruleId(),
                                        Boolean.toString(match.error()),
                                        match.title(),
                                        match.dedup(),
                                        match.description(),
                                        match.alertContext()))
                .toList();
    }

    private static String json(Random random, int number) {
        List<String> members = new ArrayList<>();
        members.add("\"p_row_id\": \"row-" + number + "\"");
        add(members, random, "a", "\"x\"", "\"xy\"", "\"\"", "null", "1", "\"" + number + "\"");
        add(members, random, "b", "1", "1.0", "2", "true", "\"1\"", "null", "12345678901234567890");
        add(members, random, "o", "{}", "\"p\"", "null", "{\"r\": 1, \"s\": 2}", inner(random));
        add(members, random, "l", "[]", "[\"x\"]", "[\"y\", \"x\"]", "null", "\"x\"");
        add(members, random, "m", "[{\"q\": 1}]", "[{\"q\": 2}, {}]", "[{\"q\": 1}, {\"q\": 1}]");
        add(members, random, "z", "0", "1");
        add(members, random, "k1", "\"x\"", "null");
        return "{" + String.join(", ", members) + "}";
    }

    private static String inner(Random random) {
        List<String> members = new ArrayList<>();
        add(
                members,
                random,
                "p",
                "{}",
                "{\"q\": 1}",
                "{\"q\": 2, \"Q\": 1}",
                "{\"Q\": 1}",
                "\"q\"");
        return "{" + String.join(", ", members) + "}";
    }

    /** One of the values, or no such field. */
    private static void add(List<String> members, Random random, String name, String... values) {
        int choice = random.nextInt(values.length + 1);
        if (choice < values.length) {
            members.add("\"" + name + "\": " + values[choice]);
        }
    }
}
