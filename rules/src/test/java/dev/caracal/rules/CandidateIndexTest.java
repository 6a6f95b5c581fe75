package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.candidate.CandidateIndex;
import dev.caracal.rules.candidate.Candidates;
import dev.caracal.rules.candidate.Screen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which rules Python is asked about: what is left out gives exactly False there. */
class CandidateIndexTest {

    private static ScreenedRules rules;

    @BeforeAll
    static void open() {
        rules = new ScreenedRules();
    }

    @AfterAll
    static void close() {
        rules.close();
    }

    @TestFactory
    Stream<DynamicTest> whatIsLeftOutIsFalse() {
        return CandidateIndexCases.ALL.stream()
                .map(example -> DynamicTest.dynamicTest(example.body(), () -> check(example)));
    }

    private static void check(CandidateIndexCases.Case example) {
        Value rule = rules.compile(example.source());
        CandidateIndex index = rules.index(List.of(rules.screen(rule)));
        for (String event : example.leftOut()) {
            assertThat(positions(index, ScreenedRules.json(event))).as(event).isEmpty();
            assertThat(answer(rule, event)).as(event).isEqualTo("False");
        }
        for (String event : example.asked()) {
            assertThat(positions(index, ScreenedRules.json(event))).as(event).containsExactly(0);
            if (!index.candidates(ScreenedRules.json(event)).matched().isEmpty()) {
                assertThat(answer(rule, event)).as(event).isEqualTo("True");
            }
        }
    }

    private static List<Integer> positions(CandidateIndex index, byte[] event) {
        Candidates found = index.candidates(event);
        List<Integer> positions = new ArrayList<>();
        Arrays.stream(found.undecided()).forEach(positions::add);
        found.matched().forEach(one -> positions.add(one.position()));
        found.raising().forEach(one -> positions.add(one.position()));
        return positions.stream().sorted().toList();
    }

    @Test
    void theFieldThatDecidesMostRulesIsLookedAtFirst() {
        List<Screen> screens = new ArrayList<>();
        for (String name : List.of("A", "B", "C")) {
            String source =
                    """
                    def succeeded(event):
                        if event.get('error'):
                            return False
                        return True

                    def rule(event):
                        return succeeded(event) and event.get('name') == '%s'
                    """;
            screens.add(rules.screen(rules.compile(source.formatted(name))));
        }
        screens.add(
                rules.screen(
                        rules.compile("def rule(event):\n    return event.get('other') == 'x'")));
        CandidateIndex index = rules.index(screens);
        assertThat(index.path()).containsExactly("name");
        assertThat(positions(index, ScreenedRules.json("{'name': 'B'}"))).containsExactly(1);
        assertThat(positions(index, ScreenedRules.json("{'name': 'B', 'error': 'e'}"))).isEmpty();
        assertThat(positions(index, ScreenedRules.json("{'name': 'D', 'other': 'x'}")))
                .containsExactly(3);
        assertThat(positions(index, ScreenedRules.json("{'NAME': 'C'}"))).containsExactly(2);
        assertThat(positions(index, ScreenedRules.json("{'name': ['C']}"))).isEmpty();
    }

    @Test
    void anObjectDeepInTheEventCanDecide() {
        String source = "def rule(event):\n    return event.deep_get('a', 'b') == '%s'";
        CandidateIndex index =
                rules.index(
                        List.of(
                                rules.screen(rules.compile(source.formatted("x"))),
                                rules.screen(rules.compile(source.formatted("y")))));
        assertThat(index.path()).containsExactly("a", "b");
        assertThat(positions(index, ScreenedRules.json("{'a': {'b': 'x', 'c': {}, 'b': 'y'}}")))
                .containsExactly(1);
        assertThat(positions(index, ScreenedRules.json("{'a': [{'b': 'x'}]}"))).isEmpty();
    }

    private static String answer(Value rule, String event) {
        return rule.getMember("rule").execute(rules.event(event)).toString();
    }
}
