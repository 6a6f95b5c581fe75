package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatchExpressionTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CASES = "match_expressions.yml";

    static List<Arguments> cases() throws RuleException {
        var cases = new ArrayList<Arguments>();
        YamlMap yaml = YamlMap.parse(CASES, PackFiles.text(CASES));
        for (YamlMap one : yaml.maps("Cases")) {
            JsonNode event = JSON.valueToTree(one.value("Event"));
            for (boolean expected : List.of(true, false)) {
                for (Object expression : (List<?>) one.value(expected ? "True" : "False")) {
                    cases.add(Arguments.of(json(expression), event, expected));
                }
            }
        }
        return cases;
    }

    static List<Arguments> refused() throws RuleException {
        var cases = new ArrayList<Arguments>();
        YamlMap yaml = YamlMap.parse(CASES, PackFiles.text(CASES));
        for (YamlMap one : yaml.maps("Refused")) {
            cases.add(
                    Arguments.of(
                            json(one.value("Expression")), one.text("Message", "the message")));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTrueOfAnEventOrNot(String expression, JsonNode event, boolean expected)
            throws RuleException {
        assertThat(read(expression).matches(event)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsUnknownIsNamedWithItsLine(String expression, String message) {
        assertThatThrownBy(() -> read(expression))
                .isInstanceOf(RuleException.class)
                .hasMessageStartingWith("r.yml:2: " + message);
    }

    private static MatchExpression read(String expression) throws RuleException {
        YamlMap yaml = YamlMap.parse("r.yml", "Detection:\n  - " + expression);
        return MatchExpressionReader.all(yaml.maps("Detection"));
    }

    /** JSON is YAML. */
    private static String json(Object value) {
        return JSON.valueToTree(value).toString();
    }
}
