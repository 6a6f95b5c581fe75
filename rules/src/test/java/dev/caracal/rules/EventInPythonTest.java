package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedEngine.class)
class EventInPythonTest {

    private static final String EVENT =
            """
            {"eventName":"A","Nested":{"Deep":{"x":1},"nothing":null},"list":[{"k":1},{"K":2},{"k":1}],
             "texts":["a","b"],"brackets [\\"]":"[x]\\\\","lists":[[],[[1,{"k":[2]}]]],"number":12345678901234567890,"decimal":1.5,"flag":true,"größe":"ü"}
            """;

    private final RuleEngine engine;

    EventInPythonTest(RuleEngine engine) {
        this.engine = engine;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event['eventName'] == event['EVENTNAME'] == event.get('eventname') == 'A'",
                "event.get('missing') is None and event.get('missing', 7) == 7",
                "event.get(3) is None and 3 not in event",
                "'eventName' in event and 'EventName' in event and 'event' not in event",
                "raises(KeyError, lambda: event['missing'])",
                "event['nested']['deep']['X'] == 1",
                "event.deep_get('nested', 'Deep', 'x') == 1",
                "event.deep_get('Nested', 'nothing', default=5) == 5",
                "event.deep_get('eventName', 'x', default=5) == 5",
                "event.deep_get('Nested', 'Deep').deep_get('x') == 1",
                "event.deep_walk('list', 'k') == [1, 2]",
                "event.deep_walk('list', 'k', return_val='first') == 1",
                "event.deep_walk('list', 'k', return_val='last') == 2",
                "event.deep_walk('list', 'z', default='no') == 'no'",
                "event.deep_walk('Nested', 'Deep', 'x') == 1",
                "isinstance(event, dict) and isinstance(event['list'], list)",
                "event['texts'] == ['a', 'b'] and event['texts'] == ('a', 'b')",
                "event['Nested'] == {'Deep': {'x': 1}, 'nothing': None}",
                "len(event) == 10 and list(event)[0] == 'eventName' and list(event.keys()) == list(event)",
                "dict(event.items())['flag'] is True and 1.5 in event.values()",
                "event['number'] == 12345678901234567890 and event['größe'] == 'ü'",
                "raises(TypeError, lambda: event.update(a=1))",
                "raises(TypeError, lambda: event.pop('eventName'))",
                "raises(TypeError, lambda: event['list'].append(1))",
                "raises(TypeError, lambda: event['list'][0].clear())",
                "raises(TypeError, lambda: event['Nested'].__setitem__('a', 1))",
                "raises(TypeError, lambda: setattr(event, 'a', 1))",
                "raises(TypeError, lambda: event['texts'].sort())",
                "raises(TypeError, lambda: event['lists'][1][0].append(1))",
                "event['lists'] == [[], [[1, {'k': [2]}]]]",
                "event['brackets [\"]'] == '[x]' + chr(92)",
                "type(event.to_dict()) is dict and type(event.copy()['list']) is list",
                "type(event.to_dict()['list'][0]) is dict",
                "event['list'].as_list() == [{'k': 1}, {'K': 2}, {'k': 1}]",
                "__import__('json').loads(__import__('json').dumps(event)) == event.to_dict()",
                "type(__import__('copy').deepcopy(event)) is dict",
            })
    void holds(String expression) throws RuleException {
        engine.put(
                rule(
                        "R.Event",
                        """
                        def raises(kind, function):
                            try:
                                function()
                            except kind:
                                return True
                            return False
                        def rule(event):
                            return bool(%s)
                        """
                                .formatted(expression)));
        try {
            List<Match> matches = engine.evaluate(event(EVENT));

            assertThat(matches).extracting(Match::title).containsExactly("R.Event");
        } finally {
            engine.remove("R.Event");
        }
    }
}
