package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.candidate.CandidateIndex;
import dev.caracal.rules.candidate.Candidates.Matched;
import java.util.List;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a match says when Python was not asked is what Python would have said. */
class TextsWithoutPythonTest {

    private static ScreenedRules rules;

    @BeforeAll
    static void open() {
        rules = new ScreenedRules();
    }

    @AfterAll
    static void close() {
        rules.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "'{:06f}'.format(event['a']) => 4.5, 0.0, 59.999999999, 1234567.0000005, -2.5",
                "'{:.2f} {x:8.1f}'.format(event['a'], x=event['a']) => 0.125, 0.375, -0.05, 1e14",
                "'{:09.3f}'.format(float(event['a'])) => '5', '12.3456', '-1.5'",
                "divmod(event['a'], 60)[0] => 59, 60, -1, 7200",
                "divmod(event['a'], 60)[1] => 59, 60, -1, 7200",
                "(datetime.fromisoformat(event['a']) - START).days => '2026-01-03T04:05:06'",
                "(START - datetime.fromisoformat(event['a'])).days => '2026-01-03T04:05:06'",
                "(START - datetime.fromisoformat(event['a'])).seconds => '2026-01-03T04:05:06'",
                "(START - datetime.fromisoformat(event['a'])).microseconds => '2026-01-03T04:05:06.250001'",
                "list(set(event['a'])) => ['z', 'a', 'z', 'b'], []",
                "', '.join({x + '!' for x in event['a']}) => ['z', 'a', 'z', 'b']",
                "list(set(event['a']) - {'a'}) => ['z', 'a', 'b']",
                "list(set(event['a']) | {'y', 'x'}) => ['z', 'y', 'b']",
            })
    void text(String expression, String values) {
        String source =
                """
                from datetime import datetime

                def rule(event):
                    return True

                def title(event):
                    return str(%s)
                """
                        .formatted(
                                expression
                                        .replace("|", "|")
                                        .replace(
                                                "START",
                                                "datetime.fromisoformat('2026-01-01T00:00:00')"));
        for (String value : values.split(", (?![^\\[]*\\])")) {
            assertSame(source, "{'a': " + value + "}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a': [{'u': 1}]}",
                "{'a': [1, {'g': 'all'}]}",
                "{'a': [{'u': 1, 'g': 'all'}, {'g': 'none'}]}"
            })
    void whatTheRuleKeepsForItsOtherFunctions(String event) {
        assertSame(
                """
                FOUND = False

                def rule(event):
                    for item in event.get('a', []):
                        if not isinstance(item, dict):
                            continue
                        if item.get('u') or item.get('g') == 'all':
                            global FOUND
                            FOUND = 'u' in item
                            return True
                    return False

                def title(event):
                    return 'one' if FOUND else 'all'
                """,
                event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"03:04:05.1234567", "05", "3:4:59.9999999"})
    void aListThatTheFunctionMadeItselfIsChanged(String time) {
        assertSame(
                """
                def rule(event):
                    return True

                def title(event):
                    parts = event['a'].split(':')
                    parts[-1] = '{:06f}'.format(float(parts[-1]))
                    return ':'.join(parts)
                """,
                "{'a': '" + time + "'}");
    }

    @Test
    void aFunctionThatRaisesLeavesTheOthersAlone() {
        String source =
                """
                class Missing(Exception):
                    pass

                def rule(event):
                    return True

                def title(event):
                    raise Missing('nothing there')

                def dedup(event):
                    return event['b']

                def severity(event):
                    return 'HIGH'
                """;
        assertThat(matched(source, "{'a': 1}").outputs()).containsOnlyKeys("severity");
        assertThat(matched(source, "{'a': 1}").raising()).containsOnly("title", "dedup");
    }

    private static void assertSame(String source, String text) {
        Value rule = rules.compile(source);
        Value parsed = rules.event(text);
        rule.getMember("rule").execute(parsed);
        String inPython = rule.getMember("module").getMember("title").execute(parsed).asString();
        assertThat(matched(source, text).outputs()).as(text).containsEntry("title", inPython);
    }

    private static Matched matched(String source, String event) {
        CandidateIndex index = rules.index(List.of(rules.screen(rules.compile(source))));
        List<Matched> matched = index.candidates(ScreenedRules.json(event)).matched();
        assertThat(matched).as(event).hasSize(1);
        return matched.get(0);
    }
}
