package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonEngineTest {

    @Test
    void enginesShareOneAndGiveItBack() throws RuleException {
        int before = PythonEngine.holders();
        for (int round = 0; round < 2; round++) {
            try (var first = new RuleEngine();
                    var second = new RuleEngine()) {
                assertThat(PythonEngine.holders()).isEqualTo(before + 2);
                first.put(rule("R.Id", "def rule(event): return True\n"));
                second.put(rule("R.Id", "def rule(event): return False\n"));

                assertThat(first.evaluate(event("{}"))).hasSize(1);
                assertThat(second.evaluate(event("{}"))).isEmpty();
            }
            assertThat(PythonEngine.holders()).isEqualTo(before);
        }
    }
}
