package dev.caracal.rules;

import static dev.caracal.rules.Rules.event;
import static dev.caracal.rules.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.rules.lookup.LookupData;
import dev.caracal.rules.lookup.LookupReader;
import dev.caracal.rules.lookup.LookupSchema;
import dev.caracal.rules.lookup.LookupTable;
import dev.caracal.rules.lookup.LookupTables;
import dev.caracal.rules.lookup.Selector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedEngine.class)
class LookupInPythonTest {

    private static final String DATA =
            """
            {"ip": ["10.0.0.0/8", "1.1.1.1"], "Owner": {"name": "Ann"}, "ports": [80, 443]}
            """;

    private final RuleEngine engine;
    private LookupTables tables;

    LookupInPythonTest(RuleEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void useTables() throws IOException {
        tables =
                new LookupTables(
                        List.of(
                                new LookupTables.Loaded(
                                        new LookupTable(
                                                "hosts",
                                                "hosts.yml",
                                                true,
                                                "",
                                                "ip",
                                                Map.of(
                                                        "Test.Log",
                                                        List.of(new Selector("ip", List.of("ip")))),
                                                new LookupData.File("hosts.jsonl")),
                                        LookupReader.read(
                                                "hosts.jsonl",
                                                new ByteArrayInputStream(
                                                        DATA.getBytes(StandardCharsets.UTF_8)),
                                                "ip",
                                                LookupSchema.NONE))));
        engine.use(tables);
    }

    @AfterEach
    void forget() {
        engine.use(LookupTables.NONE);
        engine.remove("R.Lookup");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event.lookup('hosts', '10.1.2.3').deep_get('owner', 'name') == 'Ann'",
                "event.lookup('hosts', event['ip'])['ports'] == [80, 443]",
                "list(event.lookup('hosts', '1.1.1.1')) == ['ip', 'Owner', 'ports']",
                "event.lookup('hosts', '1.1.1.2') is None",
                "event.lookup('hosts', 'ä') is None",
                "event.lookup('hosts', None) is None",
                "event.lookup('hosts', 7) is None",
                "event.lookup('hosts', ['1.1.1.1']) is None",
                "event.lookup('others', '1.1.1.1') is None",
                "event.deep_get('p_enrichment', 'hosts', 'ip', 'p_match') == '10.9.9.9'",
                "event['p_enrichment']['hosts']['ip']['ports'][1] == 443",
            })
    void aRuleSeesRows(String expression) throws RuleException {
        engine.put(rule("R.Lookup", "def rule(event):\n    return " + expression + "\n"));

        List<Match> matches = engine.evaluate(tables.enrich(event("{\"ip\":\"10.9.9.9\"}")));

        assertThat(matches).extracting(Match::error).containsExactly(false);
    }

    @Test
    void aRowCannotBeChanged() throws RuleException {
        engine.put(
                rule(
                        "R.Lookup",
                        "def rule(event):\n    event.lookup('hosts', '1.1.1.1')['ports'].append(1)\n"));

        assertThat(engine.evaluate(event("{}")))
                .extracting(Match::error, Match::title)
                .singleElement()
                .asString()
                .contains("true")
                .contains("read-only");
    }
}
