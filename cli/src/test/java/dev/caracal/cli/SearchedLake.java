package dev.caracal.cli;

import dev.caracal.cli.CommandTester.Outcome;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.connectors.lake.LakeSink;
import dev.caracal.job.lake.LakeDocument;
import dev.caracal.job.lake.LakeRowGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A small lake with three log types, one of them a user's whose schema gained fields. */
final class SearchedLake {

    private static final String ACME =
            """
            schema: Acme.Audit
            fields:
              - {name: user, type: string}
              - {name: source-host, type: string}
              - name: actor
                type: object
                fields:
                  - {name: id, type: string}
            """;
    private static final String ACME_WITH_MORE =
            ACME + "      - {name: age, type: int}\n  - {name: count, type: bigint}\n";

    private SearchedLake() {}

    static LakeSettings fill(Path folder) throws Exception {
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.toString());
        LakeSettings settings = LakeSettings.from(options).orElseThrow();
        List<LakeDocument> documents = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            documents.add(
                    document(
                            "AWS.CloudTrail",
                            "",
                            i,
                            "\"eventName\":\"Event"
                                    + i % 3
                                    + "\",\"requestParameters\":{\"bucketName\":\"b\"},\"p_any_ip_addresses\":[\"192.0.2."
                                    + i
                                    + "\"]"));
            documents.add(
                    document(
                            "Okta.SystemLog",
                            "",
                            i,
                            "\"uuid\":\"u"
                                    + i
                                    + "\",\"p_any_ip_addresses\":[\"192.0.2.7\"],"
                                    + "\"p_any_usernames\":[\"ann\"]"));
        }
        documents.add(
                document(
                        "Acme.Audit",
                        ACME,
                        1,
                        "\"user\":\"bob\",\"source-host\":\"h\",\"actor\":{\"id\":\"x\"}"));
        write(documents, settings);
        write(
                List.of(
                        document(
                                "Acme.Audit",
                                ACME_WITH_MORE,
                                2,
                                "\"user\":\"cyd\",\"actor\":{\"id\":\"y\",\"age\":5},\"count\":3")),
                settings);
        return settings;
    }

    private static LakeDocument document(String logType, String yaml, int day, String members) {
        String json =
                "{%s,\"p_log_type\":\"%s\",\"p_row_id\":\"%s-%d\",\"p_event_time\":\"2026-11-%02d 05:06:07.000000000\",\"p_parse_time\":\"2026-11-24 12:00:00.000000000\"}"
                        .formatted(members, logType, logType, day, day + 1);
        return new LakeDocument(logType, yaml, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Searches the lake of that folder. */
    static Outcome search(Path folder, String... arguments) {
        return CommandTester.run(
                Stream.concat(
                                Stream.of("search", "--warehouse", folder.toString()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** Adds the documents to a lake, which is made if it is not there. */
    static void write(List<LakeDocument> documents, LakeSettings settings) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(1);
        env.getConfig().enableObjectReuse();
        LakeSink.append(
                env.fromData(documents, Types.POJO(LakeDocument.class)),
                new LakeRowGenerator(settings, Duration.ofDays(365)),
                settings,
                "lake");
        env.execute();
    }
}
