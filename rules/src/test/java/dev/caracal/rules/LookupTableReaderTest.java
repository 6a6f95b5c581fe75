package dev.caracal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.rules.lookup.LookupData;
import dev.caracal.rules.lookup.LookupTable;
import dev.caracal.rules.lookup.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupTableReaderTest {

    private static final String HEAD =
            "AnalysisType: lookup_table\nLookupName: T\nLogTypeMap: {PrimaryKey: k}\n";

    private static LookupTable read(String yaml) throws RuleException {
        return LookupTableReader.read(
                new RuleSource(AnalysisType.LOOKUP_TABLE, "tables/t.yml", yaml, "", "", ""));
    }

    @Test
    void aDefinitionIsReadWhole() throws RuleException {
        LookupTable table =
                read(
                        """
                        AnalysisType: lookup_table
                        LookupName: hosts
                        Enabled: false
                        Description: What runs where
                        Reference: https://example.com
                        Schema: Custom.Hosts
                        Filename: ./data/hosts.csv.gz
                        LogTypeMap:
                          PrimaryKey: ip
                          AssociatedLogTypes:
                            - LogType: AWS.VPCFlow
                              Selectors: [srcAddr, p_any_ip_addresses]
                            - LogType: Okta.SystemLog
                              Selectors: ["$.client.ipAddress", 'a[*]."b c"', "$['x-y'].z"]
                            - LogType: Zeek.Conn
                              Selectors: []
                        """);

        assertThat(table)
                .isEqualTo(
                        new LookupTable(
                                "hosts",
                                "tables/t.yml",
                                false,
                                "Custom.Hosts",
                                "ip",
                                Map.of(
                                        "AWS.VPCFlow",
                                        List.of(
                                                new Selector("srcAddr", List.of("srcAddr")),
                                                new Selector(
                                                        "p_any_ip_addresses",
                                                        List.of("p_any_ip_addresses"))),
                                        "Okta.SystemLog",
                                        List.of(
                                                new Selector(
                                                        "client.ipAddress",
                                                        List.of("client", "ipAddress")),
                                                new Selector(
                                                        "a[*].\"b c\"",
                                                        List.of("a", Selector.EACH, "b c")),
                                                new Selector("$['x-y'].z", List.of("x-y", "z")))),
                                new LookupData.File("tables/data/hosts.csv.gz")));
    }

    @Test
    void anObjectOfS3IsReadAgainAndAgain() throws RuleException {
        LookupTable table =
                read(
                        HEAD
                                + "Refresh: {RoleARN: 'arn:aws:iam::1:role/r', ObjectPath:"
                                + " 's3://b/in/k.mmdb', PeriodMinutes: 90}");

        assertThat(table.enabled()).isTrue();
        assertThat(table.data())
                .isEqualTo(
                        new LookupData.Object(
                                "arn:aws:iam::1:role/r", "b", "in/k.mmdb", Duration.ofMinutes(90)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', no file and no S3 object",
        "'Query: SELECT 1', a query",
        "'Refresh: {PeriodMinutes: 60}\nQuery: SELECT 1', a query",
    })
    void dataThatIsElsewhereIsRecognised(String yaml, String reason) throws RuleException {
        assertThat(read(HEAD + yaml).data()).isEqualTo(new LookupData.Elsewhere(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Foo: 1                              | :4: unknown key Foo; a lookup table has AnalysisType",
                "Filename: t.txt                     | :4: Filename is 't.txt', expected a name that ends in .csv",
                "Filename: t.csv\\nRefresh: {}       | :5: a lookup table has Filename or Refresh, not both",
                "Refresh: {PeriodMinutes: 5}         | :4: ObjectPath is missing, expected s3://bucket/key",
                "Refresh: {ObjectPath: 's3://b'}     | :4: ObjectPath is 's3://b', expected s3://bucket/key",
                "Refresh: {ObjectPath: 's3://b/'}    | :4: ObjectPath is 's3://b/', expected s3://bucket/key",
                "Refresh: {ObjectPath: 'b/k.csv'}    | :4: ObjectPath is 'b/k.csv', expected s3://bucket/key",
                "Refresh: {ObjectPath: 's3://b/k'}   | :4: ObjectPath is 's3://b/k', expected a name that ends in .csv",
                "Refresh: {ObjectPath: 's3://b/k.csv', RoleARN: me} | :4: RoleARN is 'me', expected the ARN of a role",
                "Refresh: {ObjectPath: 's3://b/k.csv', PeriodMinutes: 0} | :4: PeriodMinutes is '0', expected a number from 1",
                "Refresh: {ObjectKMSKey: x}          | :4: unknown key ObjectKMSKey; Refresh has ObjectPath, PeriodMinutes, RoleARN",
            })
    void whatIsNotUnderstoodIsRefusedWithLineAndReason(String yaml, String reason) {
        assertThatThrownBy(() -> read(HEAD + yaml.replace("\\n", "\n")))
                .isInstanceOf(RuleException.class)
                .message()
                .startsWith("tables/t.yml" + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{AssociatedLogTypes: []}        | :3: PrimaryKey is missing, expected the field",
                "{PrimaryKey: k, LogTypes: []}   | :3: unknown key LogTypes; LogTypeMap has",
                "{PrimaryKey: k, AssociatedLogTypes: [{Selectors: [a]}]} | :3: LogType is missing",
                "{PrimaryKey: k, AssociatedLogTypes: [{LogType: A.B, Selectors: ['a[0]']}]} | :3: Selectors: expected [*] in place of a position in 'a[0]'",
                "{PrimaryKey: k, AssociatedLogTypes: [{LogType: A.B, Selectors: ['a.']}]} | :3: Selectors: a name is missing in 'a.'",
            })
    void aMapThatIsNotUnderstoodIsRefusedWithLineAndReason(String map, String reason) {
        String yaml = "AnalysisType: lookup_table\nLookupName: T\nLogTypeMap: " + map;

        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(RuleException.class)
                .message()
                .startsWith("tables/t.yml" + reason);
    }
}
