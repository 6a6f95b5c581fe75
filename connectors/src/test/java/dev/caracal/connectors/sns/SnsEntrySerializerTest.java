package dev.caracal.connectors.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

class SnsEntrySerializerTest {

    private final SnsEntrySerializer serializer = new SnsEntrySerializer();

    @Test
    void bufferedMessagesSurviveACheckpoint() throws Exception {
        SnsEntry plain = SnsEntry.of(new SnsMessage("ä body"));
        SnsEntry full = SnsEntry.of(new SnsMessage("b", "s", Map.of("severity", "LOW", "x", "y")));

        var restored = serializer.deserialize(1, serializer.serialize(state(plain, full)));

        assertThat(restored.getBufferedRequestEntries())
                .extracting(RequestEntryWrapper::getRequestEntry)
                .containsExactly(plain, full);
        assertThat(restored.getStateSize()).isEqualTo(plain.sizeInBytes() + full.sizeInBytes());
    }

    @Test
    void stateOfVersionOneStaysReadable() throws Exception {
        // Flink's mark, count and size, then body, subject and one attribute with their lengths.
        String version1 =
                "ffffffffffffffff"
                        + "00000001"
                        + "000000000000000a"
                        + "0000000162"
                        + "0000000173"
                        + "00000001"
                        + "000000016b"
                        + "0000000176";

        var restored = serializer.deserialize(1, HexFormat.of().parseHex(version1));

        assertThat(serializer.getVersion()).isEqualTo(1);
        assertThat(restored.getBufferedRequestEntries())
                .extracting(RequestEntryWrapper::getRequestEntry)
                .containsExactly(SnsEntry.of(new SnsMessage("b", "s", Map.of("k", "v"))));
    }

    @Test
    void sizesAreThoseOfUtf8WithAttributes() {
        assertThat(SnsEntry.of(new SnsMessage("ä", "", Map.of("k", "vv"))).sizeInBytes())
                .isEqualTo(2 + 1 + 6 + 2);
    }

    @Test
    void emptyBodiesAndAttributesAreRefused() {
        assertThatThrownBy(() -> new SnsMessage(""))
                .hasMessage("Body is empty, SNS publishes no such message");
        assertThatThrownBy(() -> new SnsMessage("b", "", Map.of("severity", "")))
                .hasMessage("Attribute 'severity' is '', expected some text");
    }

    @Test
    void aSinkNeedsATopic() {
        assertThatThrownBy(() -> SnsSink.<String>builder().converter(SnsMessage::new).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sns.topic-arn is ''");
    }

    private static BufferedRequestState<SnsEntry> state(SnsEntry... entries) {
        return new BufferedRequestState<>(
                List.of(entries).stream()
                        .map(entry -> new RequestEntryWrapper<>(entry, entry.sizeInBytes()))
                        .toList());
    }
}
