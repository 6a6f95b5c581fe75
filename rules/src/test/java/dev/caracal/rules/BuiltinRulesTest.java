package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SharedEngine.class)
class BuiltinRulesTest {

    private final RuleTester tester;

    BuiltinRulesTest(RuleEngine engine) {
        tester = new RuleTester(engine);
    }

    @ParameterizedTest
    @MethodSource("dev.caracal.rules.BuiltinRules#sources")
    void passesItsTestsAndHasBothKinds(RuleSource source) throws RuleException {
        RuleTestReport report = tester.test(source);

        assertThat(report.problems()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(report.results()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(report.results())
                .extracting(result -> result.test().expectedResult())
                .contains(true, false);
    }

    @Test
    void thereAreTenWithIdsOfTheirOwn() throws RuleException {
        var ids = new HashSet<String>();
        for (RuleSource source : BuiltinRules.sources()) {
            ids.add(RuleReader.read(source).ruleId());
        }
        assertThat(ids).hasSize(10);
    }
}
