package dev.caracal.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogSourceFilesTest {

    private static final LogSourceReader READER =
            new LogSourceReader(Set.of("AWS.CloudTrail", "AWS.ALB", "Okta.SystemLog")::contains);

    private static final String TRAIL =
            """
            id: trail
            name: Acme trail
            accountId: 012345678901
            bucket: acme-logs
            prefixLogTypes:
              - prefix: AWSLogs/
                logTypes: [AWS.CloudTrail]
              - prefix: AWSLogs/elb/
                logTypes: [AWS.ALB]
                logStream: lines
            excludedPrefixes: [AWSLogs/digest/]
            roleArn: arn:aws:iam::012345678901:role/CaracalLogProcessingRole-trail
            externalId: not-to-be-shown
            """;

    private static final String REST =
            """
            id: rest
            name: Everything else
            accountId: "123456789012"
            bucket: acme-logs
            prefixLogTypes: [{logTypes: [Okta.SystemLog, AWS.ALB]}]
            """;

    private static LogSourceFiles read(Map<String, String> files) {
        return LogSourceFiles.NONE.update(new TreeMap<>(files), READER);
    }

    @ParameterizedTest
    @CsvSource({
        "AWSLogs/one.json,       trail, AWSLogs/,     false",
        "AWSLogs/elb/one.log,    trail, AWSLogs/elb/, false",
        "AWSLogs/digest/one.log, trail, AWSLogs/,     true",
        "AWSLog,                 rest,  '',           false",
        "okta/x,                 rest,  '',           false",
    })
    void theLongestPrefixOverAllSourcesWins(
            String key, String sourceId, String prefix, boolean excluded) {
        LogSources sources = read(Map.of("sources/a.yml", TRAIL, "sources/b.yml", REST)).sources();

        LogSources.Found found = sources.find("acme-logs", key).orElseThrow();

        assertThat(found.source().id()).isEqualTo(sourceId);
        assertThat(found.prefixLogTypes().prefix()).isEqualTo(prefix);
        assertThat(found.excluded()).isEqualTo(excluded);
        assertThat(sources.find("other-bucket", key)).isEmpty();
    }

    @Test
    void aWrongFileChangesNothing() {
        LogSourceFiles before = read(Map.of("sources/a.yml", TRAIL));

        LogSourceFiles after =
                before.update(
                        new TreeMap<>(
                                Map.of(
                                        "sources/a.yml",
                                        TRAIL.replace("acme-logs", "Acme Logs"),
                                        "sources/b.yml",
                                        REST)),
                        READER);

        assertThat(after.byPath().get("sources/a.yml"))
                .isEqualTo(before.byPath().get("sources/a.yml"));
        assertThat(after.byPath()).containsKey("sources/b.yml");
        assertThat(after.problems().get("sources/a.yml"))
                .isEqualTo(
                        "sources/a.yml:4: bucket is \"Acme Logs\";"
                                + " expected a bucket name, such as example-logs");
    }

    @Test
    void aFileThatIsGoneTakesItsLogSourceWithIt() {
        LogSourceFiles before = read(Map.of("sources/a.yml", TRAIL, "sources/b.yml", REST));

        LogSourceFiles after = before.update(new TreeMap<>(Map.of("sources/b.yml", REST)), READER);

        assertThat(after.sources().hasAccount("012345678901")).isFalse();
        assertThat(after.sources().hasAccount("123456789012")).isTrue();
    }

    @Test
    void twoFilesCannotClaimTheSamePlace() {
        LogSourceFiles files =
                read(
                        Map.of(
                                "sources/a.yml", REST,
                                "sources/b.yml", REST.replace("id: rest", "id: other"),
                                "sources/c.yml", REST.replace("acme-logs", "other-logs")));

        assertThat(files.byPath()).containsOnlyKeys("sources/a.yml");
        assertThat(files.problems())
                .containsEntry(
                        "sources/b.yml",
                        "sources/b.yml: s3://acme-logs/ is already claimed by sources/a.yml")
                .containsEntry(
                        "sources/c.yml",
                        "sources/c.yml: id rest is already claimed by sources/a.yml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: trail | id: '' | sources/a.yml:1: id is \"\"; expected 1 to 64 letters",
                "Acme trail | Acme_trail | sources/a.yml:2: name is \"Acme_trail\"; expected 1 to 32",
                "012345678901 | 12345 | sources/a.yml:3: accountId is \"12345\"; expected 12 digits",
                "AWSLogs/elb/ | /AWSLogs | sources/a.yml:8: prefix starts with '/': \"/AWSLogs\"",
                "[AWS.ALB] | [AWS.Alb] | sources/a.yml:9: there is no log type \"AWS.Alb\", built in or by a schema in schemas/",
                "lines | words | sources/a.yml:10: there is no log stream \"words\"; expected one of [auto, lines, csv,",
                "lines | \"csv:\" | sources/a.yml:10: there is no log stream \"csv:\"",
                "[AWS.ALB] | [] | sources/a.yml:9: logTypes of prefix \"AWSLogs/elb/\" is empty",
                "[AWS.ALB] | AWS.ALB | sources/a.yml:9: expected a list",
                "bucket: | buckets: | sources/a.yml:4: there is no key \"buckets\"; expected one of [accountId,",
                "bucket: acme-logs | '' | sources/a.yml:1: the key \"bucket\" is missing",
                "roleArn: arn:aws:iam | roleArn: arn:aws:sns | sources/a.yml:12: roleArn is",
                "externalId: not-to-be-shown | dropOffMinutes: an hour | sources/a.yml:13: dropOffMinutes is \"an hour\"; expected a number of minutes, such as 60",
                "externalId: not-to-be-shown | dropOffMinutes: -1 | sources/a.yml:13: dropOffMinutes is -1; expected 0 (no alarm) to 43200",
                "externalId: not-to-be-shown | destinations: ['  '] | sources/a.yml:13: destinations has a blank entry",
                "not-to-be-shown | x | sources/a.yml:13: externalId has 1 characters; expected 2 to 1224",
                "externalId: not-to-be-shown | kmsKeyArn: arn:aws:kms:us-east-1:012345678901:alias/logs | sources/a.yml:13: kmsKeyArn is \"arn:aws:kms:us-east-1:012345678901:alias/logs\"; expected arn:aws:kms:REGION:ACCOUNT:key/ID",
                "[AWSLogs/digest/] | [/digest/] | sources/a.yml:11: excludedPrefixes starts with '/': \"/digest/\"; keys in S3 do not, so write \"digest/\"",
                "acme-logs | acme..logs | sources/a.yml:4: bucket is \"acme..logs\"; expected a bucket name, such as example-logs: no two dots",
                "acme-logs | 192.168.5.4 | sources/a.yml:4: bucket is \"192.168.5.4\"; expected a bucket name",
                "acme-logs | logs--x-s3 | sources/a.yml:4: bucket is \"logs--x-s3\"; expected a bucket name, such as example-logs; AWS keeps",
                "id: trail | 'id: [' | sources/a.yml:3: ",
                "[AWS.ALB] | [&a [AWS.ALB], *a] | sources/a.yml:1: no YAML: Number of aliases",
                "[AWS.ALB] | &a [*a] | sources/a.yml:1: no YAML: Number of aliases",
                "Acme trail | !!java.net.URL [x] | sources/a.yml:2: ",
                "AWSLogs/elb/ | AWSLogs/ | sources/a.yml:6: prefixLogTypes has the same prefix twice",
            })
    void whatIsWrongIsSaidWithFileLineAndValue(String good, String bad, String message) {
        LogSourceFiles files = read(Map.of("sources/a.yml", TRAIL.replace(good, bad)));

        assertThat(files.problems().get("sources/a.yml")).startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"auto", "'csv:;'", "json-array:records", "json-array:a.b", "cloudwatch"})
    void aLogStreamMayHaveAnArgument(String logStream) {
        LogSourceFiles files = read(Map.of("sources/a.yml", TRAIL.replace("lines", logStream)));

        assertThat(files.problems()).isEmpty();
        assertThat(files.byPath().get("sources/a.yml").prefixLogTypes().get(1).logStream())
                .isEqualTo(logStream.replace("'", ""));
    }

    @Test
    void theExternalIdIsNotShown() {
        assertThat(read(Map.of("sources/a.yml", TRAIL)).toString())
                .doesNotContain("not-to-be-shown");
    }
}
