package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedEngine.class)
class RuleEngineTest {

    private static final String MATCHES_A =
            """
            def rule(event):
                return event.get("a") == 1
            """;

    private final RuleEngine engine;
    private final List<String> put = new ArrayList<>();

    RuleEngineTest(RuleEngine engine) {
        this.engine = engine;
    }

    @AfterEach
    void removeRules() {
        put.forEach(engine::remove);
    }

    private void put(RuleSource source) throws RuleException {
        put.add(RuleReader.read(source).ruleId());
        engine.put(source);
    }

    private Match onlyMatch(String json) {
        List<Match> matches = engine.evaluate(event(json));
        assertThat(matches).hasSize(1);
        return matches.get(0);
    }

    @Test
    void aMatchCarriesWhatTheMetadataSays() throws RuleException {
        put(
                rule(
                        "R.Plain",
                        """
                        DisplayName: Plain
                        Description: What it is
                        Runbook: What to do
                        Reference: https://example.com
                        Tags: [x, y]
                        Threshold: 7
                        DedupPeriodMinutes: 15
                        CreateAlert: false
                        """,
                        MATCHES_A));

        Match match = onlyMatch("{\"a\":1}");

        assertThat(match)
                .extracting(
                        Match::ruleId,
                        Match::error,
                        Match::severity,
                        Match::title,
                        Match::dedup,
                        Match::dedupPeriodMinutes,
                        Match::threshold,
                        Match::createAlert,
                        Match::description,
                        Match::runbook,
                        Match::reference,
                        Match::tags,
                        Match::alertContext,
                        Match::logType,
                        Match::rowId,
                        Match::eventTimeMillis)
                .containsExactly(
                        "R.Plain",
                        false,
                        Severity.HIGH,
                        "Plain",
                        "defaultDedupString:R.Plain",
                        15,
                        7,
                        false,
                        "What it is",
                        "What to do",
                        "https://example.com",
                        List.of("x", "y"),
                        "{}",
                        "Test.Log",
                        "row-1",
                        1000L);
        assertThat(engine.evaluate(event("{\"a\":2}"))).isEmpty();
        assertThat(engine.evaluate(event("Other.Log", "{\"a\":1}"))).isEmpty();
    }

    @Test
    void functionsOverrideTheMetadata() throws RuleException {
        put(
                rule(
                        "R.Functions",
                        """
                        def rule(event):
                            global seen
                            seen = event["a"]
                            return True
                        def title(event): return f"title {seen}"
                        def dedup(event): return "dedup"
                        def severity(event): return "low"
                        def description(event): return "description"
                        def reference(event): return "reference"
                        def runbook(event): return "runbook"
                        def destinations(event): return ["Slack"]
                        def alert_context(event): return {"inner": event["o"], "set": {"b", "a"}}
                        """));

        Match match = onlyMatch("{\"a\":1,\"o\":{\"x\":[1,{\"y\":null}]}}");

        assertThat(match)
                .extracting(
                        Match::title,
                        Match::dedup,
                        Match::severity,
                        Match::description,
                        Match::reference,
                        Match::runbook,
                        Match::alertContext)
                .containsExactly(
                        "title 1",
                        "dedup",
                        Severity.LOW,
                        "description",
                        "reference",
                        "runbook",
                        "{\"inner\": {\"x\": [1, {\"y\": null}]}, \"set\": [\"a\", \"b\"]}");
    }

    @Test
    void failingFunctionsFallBack() throws RuleException {
        put(
                rule(
                        "R.Failing",
                        "Description: from the metadata\n",
                        """
                        def rule(event): return True
                        def title(event): raise ValueError("no title")
                        def description(event): return 1 / 0
                        def severity(event): return "BAD"
                        def destinations(event): return "Slack"
                        def alert_context(event): return ["no dict"]
                        """));

        Match match = onlyMatch("{}");

        assertThat(match)
                .extracting(
                        Match::error,
                        Match::title,
                        Match::dedup,
                        Match::severity,
                        Match::description)
                .containsExactly(
                        false, "R.Failing", "R.Failing", Severity.INFO, "from the metadata");
        assertThat(match.alertContext()).startsWith("{\"_error\":\"TypeError(");
    }

    @Test
    void longTextsAreCut() throws RuleException {
        put(
                rule(
                        "R.Long",
                        """
                        def rule(event): return True
                        def title(event): return "t" * 1001
                        def dedup(event): return "d" * 1000
                        def alert_context(event): return {"c": "c" * 204800}
                        """));

        Match match = onlyMatch("{}");

        assertThat(match.title()).hasSize(1000).endsWith("t... (truncated)");
        assertThat(match.dedup()).isEqualTo("d".repeat(1000));
        assertThat(match.alertContext()).startsWith("{\"_error\":").hasSizeLessThan(200);
    }

    @Test
    void theTitleIsTheDedupStringWhereThereIsNoDedup() throws RuleException {
        put(rule("R.Title", MATCHES_A + "def title(event): return 'a title'\n"));

        assertThat(onlyMatch("{\"a\":1}").dedup()).isEqualTo("a title");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return 1|TypeError|TypeError('rule() gave 1, expected True or False')",
                "return None|TypeError|TypeError('rule() gave None, expected True or False')",
                "return event['b']|KeyError at pack/rule.py:2 in rule|KeyError('b')",
                "raise SystemExit(3)|SystemExit at pack/rule.py:2 in rule|SystemExit(3)",
                "return rule(event)|RecursionError at pack/rule.py:2 in rule|RecursionError('maximum recursion depth exceeded')",
                "event['a'] = 2|TypeError at pack/rule.py:2 in rule|TypeError('an event is read-only; to_dict() gives a copy to change')",
            })
    void aRuleThatRaisesIsARuleErrorAndHarmsNoOther(String body, String signature, String text)
            throws RuleException {
        put(rule("R.Bad", "def rule(event):\n    " + body + "\n"));
        put(rule("R.Good", MATCHES_A));

        List<Match> matches = engine.evaluate(event("{\"a\":1}"));

        assertThat(matches)
                .extracting(Match::ruleId, Match::error, Match::dedup, Match::title)
                .containsExactly(
                        tuple("R.Bad", true, signature, text),
                        tuple("R.Good", false, "defaultDedupString:R.Good", "R.Good"));
    }

    @Test
    void aRuleErrorNamesTheRulesOwnLines() throws RuleException {
        put(rule("R.Trace", "import json\ndef rule(event):\n    return json.loads('{')\n"));

        Match match = onlyMatch("{}");

        assertThat(match.description()).isEqualTo("pack/rule.py:3 in rule");
        assertThat(match.alertContext()).contains("\"trace\":[\"pack/rule.py:3 in rule\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open('/etc/passwd')",
                "open('/tmp/caracal-rule', 'w')",
                "__import__('os').listdir('/')",
                "__import__('os').system('id')",
                "__import__('os')._exit(3)",
                "__import__('os').environ['PATH']",
                "__import__('subprocess').run(['id'])",
                "__import__('socket').create_connection(('127.0.0.1', 80))",
                "__import__('threading').Thread(target=print).start()",
                "__import__('java').type('java.lang.System')",
                "__import__('polyglot').eval(language='python', string='1')",
                "__import__('ctypes').CDLL(None)",
                "__import__('requests').get('http://127.0.0.1')",
                "__import__('boto3').resource('dynamodb').Table('t')",
                "__import__('numpy')",
                "__import__('signal').raise_signal(2)",
                "__import__('signal').signal(15, print)",
                "__import__('os').kill(__import__('os').getpid(), 15)",
                "len('x' * 10**12)",
                "__import__('io').open('/etc/passwd')",
                "__import__('pathlib').Path('/etc/passwd').read_text()",
                "__import__('os').open('/etc/passwd', 0)",
                "__import__('os').symlink('/etc/passwd', '/tmp/caracal-rule')",
                "__import__('os').fork()",
                "__import__('os').execv('/bin/sh', ['sh'])",
                "__import__('_thread').start_new_thread(print, ())",
                "__import__('multiprocessing').Process(target=print).start()",
                "__import__('urllib.request').request.urlopen('http://127.0.0.1')",
                "__import__('urllib.request').request.urlopen('file:///etc/passwd')",
                "__import__('sys').exit(1)",
                "int('9' * 10**7)",
            })
    void theSandboxRefuses(String expression) throws RuleException {
        put(rule("R.Hostile", "def rule(event):\n    " + expression + "\n    return True\n"));
        put(rule("R.Good", MATCHES_A));

        List<Match> matches = engine.evaluate(event("{\"a\":1}"));

        assertThat(matches).extracting(Match::error).containsExactly(true, false);
    }

    @Test
    void aCallThatTheSandboxDoesNotHaveIsSaidSo() throws RuleException {
        put(
                rule(
                        "R.Hostile",
                        "import socket\ndef rule(event):\n"
                                + "    return socket.create_connection(('127.0.0.1', 80))\n"));

        assertThat(onlyMatch("{}").alertContext())
                .contains("rules have no files, network or processes: getaddrinfo");
    }

    @Test
    void aBrokenVersionLeavesTheOneBeforeWorking() throws RuleException {
        put(rule("R.Hot", MATCHES_A));

        assertThatThrownBy(() -> engine.put(rule("R.Hot", "def rule(event):\n    return (\n")))
                .isInstanceOf(RuleException.class)
                .hasMessageStartingWith("pack/rule.py:2: SyntaxError(");
        assertThatThrownBy(() -> engine.put(rule("R.Hot", "x = 1\ny = 1 / 0\n")))
                .hasMessage("pack/rule.py:2: ZeroDivisionError('division by zero')");
        assertThatThrownBy(() -> engine.put(rule("R.Hot", "x = 1\n")))
                .hasMessage("pack/rule.py: TypeError('no function rule(event)')");
        String before = onlyMatch("{\"a\":1}").ruleVersion();

        engine.put(rule("R.Hot", "def rule(event): return event.get('a') == 2\n"));
        assertThat(engine.evaluate(event("{\"a\":1}"))).isEmpty();
        assertThat(onlyMatch("{\"a\":2}").ruleVersion()).isNotEqualTo(before).hasSize(16);
    }

    @Test
    void aRuleThatIsNotEnabledDoesNotRun() throws RuleException {
        put(rule("R.Off", MATCHES_A));
        assertThat(engine.evaluate(event("{\"a\":1}"))).hasSize(1);

        put(rule("R.Off", "Enabled: false\n", MATCHES_A));
        assertThat(engine.evaluate(event("{\"a\":1}"))).isEmpty();
    }

    @Test
    void namesOfOneRuleAreNotThoseOfAnother() throws RuleException {
        put(rule("R.One", "state = 1\ndef rule(event): return state == 1\n"));
        put(
                rule(
                        "R.Two",
                        "state = 2\ndef rule(event): return state == 2 and __name__ == 'R.Two'\n"));

        assertThat(engine.evaluate(event("{}")))
                .extracting(Match::error)
                .containsExactly(false, false);
    }
}
