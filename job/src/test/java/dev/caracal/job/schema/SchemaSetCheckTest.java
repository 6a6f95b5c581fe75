package dev.caracal.job.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaSetCheckTest {

    private static final String AUDIT = schema("Acme.Audit", "user");
    private static final String LOGIN = schema("Acme.Login", "ip");

    private final SchemaSetCheck check = new SchemaSetCheck();

    private SchemaSetCheck.Checked check(Map<String, String> files) {
        return check.check(new TreeMap<>(files));
    }

    private static String schema(String name, String field) {
        return "schema: " + name + "\nfields:\n- {name: " + field + ", type: string}\n";
    }

    private static List<String> messages(SchemaSetCheck.Checked checked) {
        return checked.problems().stream().map(SchemaProblem::message).toList();
    }

    @Test
    void schemasLieInFoldersOfAnyDepth() {
        SchemaSetCheck.Checked checked =
                check(
                        Map.of(
                                "schemas/a.yml", AUDIT,
                                "schemas/acme/more/b.yaml", LOGIN,
                                "schemas/README.md", "No schema."));

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.schemaSet().schemas())
                .containsExactly(
                        new SchemaSource("schemas/a.yml", AUDIT),
                        new SchemaSource("schemas/acme/more/b.yaml", LOGIN));
    }

    @Test
    void whatCannotBeReadIsRefusedWithFileAndLine() {
        SchemaSetCheck.Checked checked =
                check(
                        Map.of(
                                "schemas/a.yml",
                                AUDIT,
                                "schemas/b.yml",
                                "schema: Acme.Login\nfields: [",
                                "schemas/c.yml",
                                AUDIT.replace("string", "text"),
                                "schemas/d.yml",
                                LOGIN + "parser: {native: {name: Acme.Nothing}}\n"));

        assertThat(messages(checked))
                .hasSize(3)
                .anySatisfy(m -> assertThat(m).startsWith("schemas/b.yml, line 2: not YAML"))
                .anySatisfy(
                        m -> assertThat(m).startsWith("schemas/c.yml, line 3: ").contains("text"))
                .anySatisfy(
                        m -> assertThat(m).startsWith("schemas/d.yml, line ").contains("native"));
        assertThat(checked.schemaSet().schemas())
                .extracting(SchemaSource::path)
                .containsExactly("schemas/a.yml");
    }

    @Test
    void noFileStopsTheCheck() {
        SchemaSetCheck.Checked checked =
                check(
                        Map.of(
                                "schemas/a.yml", "schema: " + "[".repeat(100_000),
                                "schemas/b.yml", "schema: &a [*a, *a]",
                                "schemas/c.yml", "\0",
                                "schemas/d.yml", "",
                                "schemas/e.yml", AUDIT));

        assertThat(checked.problems()).hasSize(4);
        assertThat(checked.schemaSet().schemas()).hasSize(1);
    }

    @Test
    void aLogTypeIsDefinedOnce() {
        SchemaSetCheck.Checked checked =
                check(
                        Map.of(
                                "schemas/a.yml", AUDIT,
                                "schemas/b.yml", AUDIT.replace("Acme", "ACME"),
                                "schemas/c.yml", schema("AWS.CloudTrail", "x"),
                                "schemas/d.yml", schema("Aws.Cloudtrail", "x")));

        assertThat(messages(checked))
                .containsExactly(
                        "schemas/b.yml: log type ACME.Audit is already defined by schemas/a.yml",
                        "schemas/c.yml: log type AWS.CloudTrail is built in; give yours another name",
                        "schemas/d.yml: log type Aws.Cloudtrail is built in as AWS.CloudTrail;"
                                + " give yours another name");
        assertThat(checked.schemaSet().schemas())
                .containsExactly(new SchemaSource("schemas/a.yml", AUDIT));
    }

    @Test
    void theFileThatHasALogTypeKeepsIt() {
        check(Map.of("schemas/b.yml", AUDIT));

        SchemaSetCheck.Checked checked =
                check(Map.of("schemas/a.yml", AUDIT, "schemas/b.yml", "schema: ["));

        assertThat(messages(checked))
                .contains("schemas/a.yml: log type Acme.Audit is already defined by schemas/b.yml");
        assertThat(checked.schemaSet().schemas())
                .containsExactly(new SchemaSource("schemas/b.yml", AUDIT));
    }

    @Test
    void aRefusedVersionLeavesTheOneBeforeInForce() {
        check(Map.of("schemas/a.yml", AUDIT, "schemas/b.yml", LOGIN));

        SchemaSetCheck.Checked checked =
                check(
                        Map.of(
                                "schemas/a.yml",
                                "schema: [",
                                "schemas/b.yml",
                                schema("AWS.ALB", "x")));

        assertThat(checked.problems()).hasSize(2);
        assertThat(checked.schemaSet().schemas())
                .containsExactly(
                        new SchemaSource("schemas/a.yml", AUDIT),
                        new SchemaSource("schemas/b.yml", LOGIN));
        assertThat(check.accepted()).isEqualTo(checked.schemaSet().schemas());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: string | type: string, required: true, description: Who. | ''",
                "type: string}| type: string}\\n- {name: ip, type: string} | ''",
                "type: string | type: int | schemas/a.yml, line 3: field 'user' was string",
                "name: user | name: who | schemas/a.yml, line 3: field 'user' was string and cannot be removed",
                "Acme.Audit | Acme.AUDIT | schemas/a.yml: expected schema Acme.Audit",
                "fields: | tests: [{input: x, result: {}}]\\nfields: | schemas/a.yml, line 2: test"
            })
    void whatIsStoredMustStillFit(String old, String now, String problem) {
        check(Map.of("schemas/a.yml", AUDIT));
        String changed = AUDIT.replace(old, now.replace("\\n", "\n"));

        SchemaSetCheck.Checked checked = check(Map.of("schemas/a.yml", changed));

        assertThat(String.join("", messages(checked))).startsWith(problem);
        assertThat(checked.problems().isEmpty()).isEqualTo(problem.isEmpty());
        assertThat(checked.schemaSet().schemas())
                .extracting(SchemaSource::yaml)
                .containsExactly(problem.isEmpty() ? changed : AUDIT);
    }

    @Test
    void aSchemaWhoseTestFailsIsRefused() {
        String tested =
                AUDIT
                        + """
                        tests:
                        - {name: Somebody, input: '{"user":"a"}', result: {user: b}}
                        """;

        assertThat(messages(check(Map.of("schemas/a.yml", tested))))
                .containsExactly(
                        "schemas/a.yml, line 5: test 'Somebody' fails: user: expected \"b\","
                                + " found \"a\"");
        assertThat(check(Map.of("schemas/a.yml", tested.replace(": b}", ": a}"))).problems())
                .isEmpty();
    }

    @Test
    void whatWasAcceptedOutlivesARestartUntilItsFileIsGone() {
        SchemaSource audit = new SchemaSource("schemas/a.yml", AUDIT);
        check.restore(List.of(audit, new SchemaSource("schemas/old.yml", "no longer readable")));

        assertThat(check(Map.of("schemas/a.yml", "schema: [")).schemaSet().schemas())
                .containsExactly(audit);
        assertThat(check(Map.of()).schemaSet().schemas()).isEmpty();
    }

    @Test
    void aFileMayMoveAndALogTypeMayBeTakenByAnother() {
        check(Map.of("schemas/a.yml", AUDIT));

        String other = AUDIT.replace("string", "int");
        assertThat(check(Map.of("schemas/moved.yml", other)).schemaSet().schemas())
                .containsExactly(new SchemaSource("schemas/a.yml", AUDIT));
        assertThat(check(Map.of("schemas/acme/audit.yml", AUDIT)).problems()).isEmpty();
        SchemaSetCheck.Checked checked =
                check(Map.of("schemas/acme/audit.yml", LOGIN, "schemas/b.yml", AUDIT));

        assertThat(checked.problems()).isEmpty();
        assertThat(checked.schemaSet().schemas())
                .containsExactly(
                        new SchemaSource("schemas/b.yml", AUDIT),
                        new SchemaSource("schemas/acme/audit.yml", LOGIN));
    }
}
