package dev.caracal.job.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.rules.Match;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceHealthFunctionTest {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private KeyedTwoInputStreamOperatorTestHarness<String, SourceCount, WatchedSource, Match>
            harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(new SourceHealthFunction(0.05)),
                        SourceCount::sourceId,
                        WatchedSource::sourceId,
                        Types.STRING);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // accepted | rejected in ten minutes | finding
                "95|5|",
                "94|6|6.0% of the records of log source Acme are rejected",
                "0|99|",
                "0|100|100.0% of the records of log source Acme are rejected",
            })
    void tooManyRejectedRecordsAreAFinding(long accepted, long rejected, String title)
            throws Exception {
        count(0, accepted, 0);
        count(1, 0, rejected);
        harness.setProcessingTime(10 * MINUTE);

        assertThat(titles()).isEqualTo(title == null ? List.of() : List.of(title));
    }

    @Test
    void countsBeginAnewAfterTenMinutes() throws Exception {
        count(0, 0, 60);
        count(11, 0, 60);
        harness.setProcessingTime(30 * MINUTE);

        assertThat(titles()).isEmpty();
    }

    @Test
    void aSourceThatIsSilentForTooLongIsFoundOnceAndAgainAfterItSpoke() throws Exception {
        watch(0, 60);
        count(30, 1, 0);
        moveByMinutes(30, 89);
        assertThat(titles()).isEmpty();

        moveByMinutes(89, 500);
        count(501, 1, 0);
        moveByMinutes(501, 600);

        assertThat(titles())
                .containsExactly(
                        "Log source Acme has sent nothing for 60 minutes",
                        "Log source Acme has sent nothing for 60 minutes");
        assertThat(matches().get(0).destinations()).containsExactly("soc");
    }

    @Test
    void aSourceThatNeverSpokeIsSilentToo() throws Exception {
        watch(0, 60);
        moveByMinutes(0, 61);

        assertThat(titles()).hasSize(1);
    }

    @Test
    void theTimeInWhichTheJobDidNotRunIsNoSilence() throws Exception {
        watch(0, 60);
        harness.setProcessingTime(300 * MINUTE);
        moveByMinutes(300, 359);
        assertThat(titles()).isEmpty();

        moveByMinutes(359, 361);
        assertThat(titles()).hasSize(1);
    }

    @Test
    void aSourceWithoutTheOptionOrRemovedIsNotWatched() throws Exception {
        watch(0, 0);
        count(1, 1, 0);
        moveByMinutes(1, 200);
        watch(200, 60);
        harness.processElement2(source(60).removed(), 0);
        moveByMinutes(200, 400);

        assertThat(titles()).isEmpty();
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void aShareIsFrom0To1() {
        assertThatThrownBy(() -> new SourceHealthFunction(5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("health.classification-failures is 5.0, expected 0 to 1");
    }

    @Test
    void whatHasComeIsSummedUpByLogType() throws Exception {
        watch(0, 0);
        count(1, 3, 2);
        count(2, 1, 0);
        harness.processElement2(source(0).removed(), 0);

        List<SourceStatus> statuses =
                harness.getSideOutput(SourceHealthFunction.STATUSES).stream()
                        .map(StreamRecord::getValue)
                        .toList();
        assertThat(statuses)
                .startsWith(SourceStatus.none("acme", "Acme"))
                .endsWith(
                        new SourceStatus(
                                "acme",
                                "Acme",
                                true,
                                List.of(
                                        new LogTypeStatus("", 2, 5, 0, 0, MINUTE, 0),
                                        new LogTypeStatus(
                                                "Okta.SystemLog", 4, 18, 2, 4, 2 * MINUTE, 77))),
                        new SourceStatus("acme", "Acme", false, List.of()));
    }

    private void moveByMinutes(long from, long to) throws Exception {
        for (long minute = from; minute <= to; minute++) {
            harness.setProcessingTime(minute * MINUTE);
        }
    }

    private void count(long minute, long accepted, long rejected) throws Exception {
        harness.setProcessingTime(minute * MINUTE);
        if (accepted > 0 || rejected == 0) {
            harness.processElement1(
                    new SourceCount("acme", "Acme", "Okta.SystemLog", accepted, 9, 1, accepted, 77),
                    0);
        }
        if (rejected > 0) {
            harness.processElement1(new SourceCount("acme", "Acme", "", rejected, 5, 0, 0, 0), 0);
        }
    }

    private void watch(long minute, int dropOffMinutes) throws Exception {
        harness.setProcessingTime(minute * MINUTE);
        harness.processElement2(source(dropOffMinutes), 0);
    }

    private static WatchedSource source(int dropOffMinutes) {
        return new WatchedSource("acme", "Acme", true, dropOffMinutes, List.of("soc"));
    }

    private List<Match> matches() {
        return harness.extractOutputValues();
    }

    private List<String> titles() {
        return matches().stream().map(Match::title).toList();
    }
}
