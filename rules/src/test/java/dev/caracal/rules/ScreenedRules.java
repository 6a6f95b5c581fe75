package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.candidate.CandidateIndex;
import dev.caracal.rules.candidate.Fields;
import dev.caracal.rules.candidate.Screen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.graalvm.polyglot.Value;

/** Rules in Python beside what is said of them without it. */
final class ScreenedRules implements AutoCloseable {

    private final PythonContext python =
            new PythonContext(
                    Duration.ofSeconds(10), Duration.ofSeconds(60), new InMemoryRuleCache());

    Value compile(String source) {
        Value rule = python.load(python.global("compile_rule"), "Test", "test.py", source);
        assertThat(rule.isString()).as(rule.toString()).isFalse();
        return rule;
    }

    Screen screen(Value rule) {
        return Screen.of(python.load(python.global("describe_rule"), rule).asString());
    }

    CandidateIndex index(List<Screen> screens) {
        return new CandidateIndex(screens, Fields.none("Test.Log"), python.cacheCalls());
    }

    /** The event as rules see it. */
    Value event(String event) {
        return python.call(python.global("parse"), python.eventText(json(event)));
    }

    /** JSON of a text with apostrophes for quotes. */
    static byte[] json(String event) {
        return event.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        python.close();
    }
}
