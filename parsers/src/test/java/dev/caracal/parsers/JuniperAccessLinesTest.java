package dev.caracal.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Juniper.Access: lines that continue an entry are accepted, without an event. */
class JuniperAccessLinesTest {

    private static final String ENTRY =
            "Mar 19 17:49:27 jwas [INFO][mws-access][se-request-25]"
                    + " key:1,PHASE_REQUEST_POST_PROCESS,192.0.2.1,http://www.example.com/";
    private static final String AUDIT = "Mar 19 17:49:28 jwas [mws-audit][INFO] [jo] Logged out";
    private static final String CONTINUATION = "User-Agent: curl/8.5.0";

    private final Classifier classifier =
            new Classifier(List.of(logType("Juniper.Access"), logType("Juniper.Audit")));

    @Test
    void linesThatFollowAnEntryContinueIt() {
        assertThat(classify("a", 0, CONTINUATION)).isEqualTo("rejected");
        assertThat(classify("a", 1, ENTRY)).isEqualTo("Juniper.Access 1");
        assertThat(classify("a", 2, CONTINUATION)).isEqualTo("Juniper.Access 0");
        assertThat(classify("a", 3, "{\"body\":1}")).isEqualTo("Juniper.Access 0");
        assertThat(classify("a", 4, ENTRY)).isEqualTo("Juniper.Access 1");
    }

    @Test
    void entryOfAnotherLogContinuesNothing() {
        assertThat(classify("a", 0, ENTRY)).isEqualTo("Juniper.Access 1");
        assertThat(classify("a", 1, AUDIT)).isEqualTo("Juniper.Audit 1");
        assertThat(classify("a", 2, CONTINUATION)).isEqualTo("rejected");
        assertThat(classify("a", 3, ENTRY.replace("PHASE", "phase"))).isEqualTo("rejected");
    }

    @Test
    void linesOfSeveralObjectsMayComeMixed() {
        assertThat(classify("a", 0, ENTRY)).isEqualTo("Juniper.Access 1");
        assertThat(classify("b", 0, CONTINUATION)).isEqualTo("rejected");
        assertThat(classify("b", 1, ENTRY)).isEqualTo("Juniper.Access 1");
        assertThat(classify("a", 1, CONTINUATION)).isEqualTo("Juniper.Access 0");
        assertThat(classify("b", 2, CONTINUATION)).isEqualTo("Juniper.Access 0");
        assertThat(classify("b", 4, CONTINUATION)).isEqualTo("rejected");
    }

    @Test
    void objectsThatHadNoLineForLongAreForgotten() {
        assertThat(classify("a", 0, ENTRY)).isEqualTo("Juniper.Access 1");
        for (int i = 0; i < 1000; i++) {
            classify("other" + i, 0, ENTRY);
        }
        assertThat(classify("a", 1, CONTINUATION)).isEqualTo("rejected");
    }

    private static LogType logType(String name) {
        return LogTypes.builtin().find(name).orElseThrow();
    }

    /** The log type with the number of events. */
    private String classify(String object, int index, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        Classification classification =
                classifier.classify(
                        bytes,
                        0,
                        bytes.length,
                        new RecordContext("", "", object, index, new byte[0], 1_700_000_000_000L));
        return classification instanceof Classification.Accepted accepted
                ? accepted.logType() + " " + accepted.events().size()
                : "rejected";
    }
}
