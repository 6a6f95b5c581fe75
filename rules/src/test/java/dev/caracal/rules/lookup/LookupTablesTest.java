package dev.caracal.rules.lookup;

import static dev.caracal.rules.lookup.Tables.csv;
import static dev.caracal.rules.lookup.Tables.table;
import static dev.caracal.rules.lookup.Tables.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.parsers.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupTablesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Event event(String logType, String json) {
        return new Event(logType, "row-1", 1, 2, "s", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String enriched(LookupTables tables, String json) {
        return text(tables.enrich(event("Test.Log", json)).json());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                // selector | event | what is under the selector's name
                "ip          | {'ip':'10.0.0.1'}              | {'net':'10.0.0.0/8','p_match':'10.0.0.1'}",
                "ip          | {'x':{'ip':'11.0.0.1'},'ip':'10.0.0.1'} | {'net':'10.0.0.0/8','p_match':'10.0.0.1'}",
                "ip          | {'ip':['1.1.1.1','10.0.0.1']}  | [{'net':'10.0.0.0/8','p_match':'10.0.0.1'}]",
                "p_any_ip    | {'p_any_ip':['10.0.0.1','10.0.0.2']} | [{'net':'10.0.0.0/8','p_match':'10.0.0.1'},{'net':'10.0.0.0/8','p_match':'10.0.0.2'}]",
                "a.b.ip      | {'a':{'z':[{}],'b':{'ip':'10.0.0.1'}}} | {'net':'10.0.0.0/8','p_match':'10.0.0.1'}",
                "a[*].ip     | {'a':[{'ip':'10.0.0.1'},{},3,{'ip':'9.9.9.9'}]} | [{'net':'10.0.0.0/8','p_match':'10.0.0.1'}]",
                "a[*].b[*].ip| {'a':[{'b':[{'ip':'10.0.0.1'}]},{'b':[]}]} | [{'net':'10.0.0.0/8','p_match':'10.0.0.1'}]",
                "a[*].b      | {'a':[{'b':['10.0.0.1']},{'b':'10.0.0.2'}]} | [{'net':'10.0.0.0/8','p_match':'10.0.0.1'},{'net':'10.0.0.0/8','p_match':'10.0.0.2'}]",
                "a[*]        | {'a':['10.0.0.1',[1]]}         | [{'net':'10.0.0.0/8','p_match':'10.0.0.1'}]",
                "a.ip        | {'a':[{'ip':'10.0.0.1'}]}      |",
                "ip          | {'ip':'11.0.0.1'}              |",
                "ip          | {'ip':null}                    |",
                "ip          | {'ip':true}                    |",
                "ip          | {'ip':{'ip':'10.0.0.1'}}       |",
                "ip          | {'IP':'10.0.0.1'}              |",
                "ip          | {}                             |",
                "ip          | {'ip':'10.0.0.1'               |",
            })
    void whatASelectorNamesIsLookedUp(String selector, String json, String expected)
            throws IOException {
        LookupTables tables =
                new LookupTables(List.of(table("T", csv("net\n10.0.0.0/8\n"), selector)));
        String event = json.replace('\'', '"');

        String enriched = enriched(tables, event);

        if (expected == null) {
            assertThat(enriched).isEqualTo(event);
            return;
        }
        String whole = event.substring(0, event.length() - 1);
        assertThat(enriched)
                .isEqualTo(
                        (whole + ",'p_enrichment':{'T':{'" + selector + "':" + expected + "}}}")
                                .replace('\'', '"'));
    }

    @Test
    void tablesAndSelectorsStandSideBySide() throws IOException {
        LookupTables tables =
                new LookupTables(
                        List.of(
                                table("Users \"q\"", csv("u,team\nann,red\n1,one\n"), "who", "by"),
                                table("Nets", csv("net\n10.0.0.0/8\n"), "ip", "ip2")));

        String json =
                enriched(tables, "{\"who\":\"ann\",\"by\":1,\"ip\":\"10.9.9.9\",\"ip2\":\"x\"} ");

        assertThat(JSON.readTree(json).path("p_enrichment"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"Nets": {"ip": {"net": "10.0.0.0/8", "p_match": "10.9.9.9"}},
                                 "Users \\"q\\"": {
                                    "who": {"u": "ann", "team": "red", "p_match": "ann"},
                                    "by": {"u": "1", "team": "one", "p_match": 1}}}
                                """));
    }

    @Test
    void whatAnEventSaysOfItsOwnEnrichmentIsReplaced() throws IOException {
        LookupTables tables = new LookupTables(List.of(table("T", csv("k\na\n"), "k")));

        assertThat(enriched(tables, "{\"p_enrichment\":{\"x\":1},\"k\":\"a\"}"))
                .isEqualTo(
                        "{\"k\":\"a\",\"p_enrichment\":{\"T\":{\"k\":{\"k\":\"a\",\"p_match\":\"a\"}}}}");
    }

    @Test
    void aLogTypeThatNoTableNamesIsLeftAlone() throws IOException {
        LookupTables tables = new LookupTables(List.of(table("T", csv("k\na\n"), "k")));
        Event event = event("Other.Log", "{\"k\":\"a\"}");

        assertThat(tables.enrich(event)).isSameAs(event);
    }

    @Test
    void aRowIsFoundByTableAndKey() throws IOException {
        LookupTables tables = new LookupTables(List.of(table("T", csv("k\na\n"), "k")));

        assertThat(text(tables.find("T", "a"))).isEqualTo("{\"k\":\"a\"}");
        assertThat(tables.find("T", "b")).isNull();
        assertThat(tables.find("U", "a")).isNull();
    }
}
