package dev.caracal.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void aRowIsGreenIfAllCameOnce() {
        ledger.put(FedObject.of("s3-503.0", 3));
        events("s3-503.0", 0, 1, 2);
        alert("s3-503.0", 1);

        assertThat(row("s3-503").isGreen()).isTrue();
        assertThat(row("s3-503").result()).isEqualTo("green");
        assertThat(ledger.isComplete(ledger.objects("s3-503"))).isTrue();
    }

    @Test
    void aRecordThatDidNotComeIsLost() {
        ledger.put(FedObject.of("s3-503.0", 3));
        events("s3-503.0", 0, 2);
        alert("s3-503.0", 1);

        assertThat(row("s3-503").result())
                .isEqualTo("RED, 1 records lost, 1 records missing in the lake");
        assertThat(ledger.isComplete(ledger.objects("s3-503"))).isFalse();
    }

    @Test
    void whatCameTwiceDoesNotMakeUpForWhatIsLost() {
        ledger.put(FedObject.of("s3-503.0", 3));
        events("s3-503.0", 0, 1, 1);
        alert("s3-503.0", 2);

        assertThat(row("s3-503").result())
                .isEqualTo(
                        "RED, 1 records lost, 1 records twice, 1 records missing in the lake, 1"
                                + " records twice in the lake, 1 alerts twice in S3");
    }

    @Test
    void theLakeIsCountedBesideTheFiles() {
        ledger.put(FedObject.of("burst.0", 2));
        events("burst.0", 0, 1);
        alert("burst.0", 1);

        ledger.row("burst.0-1");
        assertThat(row("burst").result()).isEqualTo("RED, 1 records twice in the lake");

        ledger.forgetRows();
        ledger.row("burst.0-1");
        assertThat(row("burst").result()).isEqualTo("RED, 1 records missing in the lake");
        assertThat(ledger.isComplete(ledger.objects("burst"))).isFalse();

        ledger.row("burst.0-0");
        assertThat(row("burst").isGreen()).isTrue();
    }

    @Test
    void anAlertThatDidNotComeIsMissing() {
        ledger.put(FedObject.of("s3-503.0", 1));
        events("s3-503.0", 0);

        assertThat(row("s3-503").result())
                .isEqualTo("RED, alerts missing in S3, alerts missing on SNS");
    }

    @Test
    void aDeadLetterStandsForTheRecordsOfItsObjectThatDidNotCome() {
        ledger.put(FedObject.of("sts-denied.0", 3));
        ledger.put(FedObject.of("sts-denied.1", 3));
        events("sts-denied.0", 0);
        alert("sts-denied.0", 1);
        for (String id : List.of("sts-denied.0", "sts-denied.1")) {
            ledger.deadLetter("s3://shop-logs/AWSLogs/" + id + ".json.gz", "read/truncated");
        }

        Count count = row("sts-denied").count();
        assertThat(count.events()).isEqualTo(1);
        assertThat(count.deadLetters()).isEqualTo(5);
        assertThat(count.alertsExpected()).isEqualTo(1);
        assertThat(count.isExact()).isTrue();
        assertThat(ledger.takeReports()).containsExactly(java.util.Map.entry("read/truncated", 2L));
    }

    @Test
    void poisonMustEndAsOneDeadLetter() {
        ledger.put(FedObject.poison("poison-object.0.poison"));
        assertThat(row("poison-object").result())
                .isEqualTo("RED, 1 records lost, 1 records missing in the lake");

        String object = "s3://shop-logs/AWSLogs/poison-object.0.poison.json.gz";
        ledger.deadLetter(object, "read/corrupt");
        assertThat(row("poison-object").isGreen()).isTrue();

        ledger.deadLetter(object, "read/corrupt");
        assertThat(row("poison-object").result()).isEqualTo("RED, 1 records twice");
    }

    @Test
    void aSlowRecoveryIsRed() {
        DrillRow slow =
                new DrillRow(
                        "burst",
                        "",
                        Count.NOTHING,
                        Duration.ofMillis(60_001),
                        List.of(),
                        List.of("2 × rule error"));

        assertThat(slow.result()).isEqualTo("RED, not back within 60 s, 2 × rule error");
    }

    @Test
    void whatWasNeverPutCannotComeOut() {
        assertThatThrownBy(() -> ledger.event("burst.7-0")).hasMessageContaining("burst.7");
    }

    private DrillRow row(String fault) {
        return new DrillRow(
                fault,
                "",
                ledger.count(ledger.objects(fault)),
                Duration.ofSeconds(3),
                List.of(),
                List.of());
    }

    private void events(String id, int... indexes) {
        for (int index : indexes) {
            ledger.event(id + '-' + index);
            ledger.row(id + '-' + index);
        }
    }

    private void alert(String id, int times) {
        for (int i = 0; i < times; i++) {
            ledger.alert(id + "-0", FedObject::addAlert);
        }
        ledger.alert(id + "-0", FedObject::addPublished);
    }
}
