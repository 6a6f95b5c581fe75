package dev.caracal.job.lake;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.connectors.lake.LakeSink;
import dev.caracal.connectors.lake.UpkeepSettings;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.parsers.Event;
import dev.caracal.rules.Alert;
import dev.caracal.rules.Match;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The part of the topology that writes the data lake.
 *
 * @param maxEventAge of events that lie in the partition of their own time
 */
public record Lake(LakeSettings settings, UpkeepSettings upkeep, Duration maxEventAge) {

    private static final TypeInformation<LakeDocument> DOCUMENT = Types.POJO(LakeDocument.class);

    public Lake {
        Objects.requireNonNull(settings, "settings is null");
        Objects.requireNonNull(upkeep, "upkeep is null");
        Objects.requireNonNull(maxEventAge, "maxEventAge is null");
    }

    /** Empty if the configuration asks for none. */
    public static Optional<Lake> from(ReadableConfig config) {
        return LakeSettings.from(config)
                .map(
                        settings ->
                                new Lake(
                                        settings,
                                        UpkeepSettings.from(config),
                                        config.get(LakeOptions.MAX_EVENT_AGE)));
    }

    /** Writes each event into the table of its log type. */
    public void addEvents(
            DataStream<Event> events, DataStream<SchemaSet> schemas, ControlLocation control) {
        DataStream<LakeDocument> documents =
                events.connect(schemas.broadcast(LakeEventFunction.SCHEMAS))
                        .process(new LakeEventFunction(control))
                        .returns(DOCUMENT)
                        .name("LakeEventFunction")
                        .uid("lake-event-function");
        LakeSink.append(documents, generator(), settings, "lake-events");
    }

    /** Writes what there is little of: one task does it, so that there are few files. */
    public void addFindings(
            DataStream<Match> matches,
            DataStream<Alert> alerts,
            DataStream<DeadLetter> deadLetters) {
        DataStream<LakeDocument> matchDocuments =
                matches.map(FindingTables::of, DOCUMENT).name("LakeMatches").uid("lake-matches");
        DataStream<LakeDocument> documents =
                matchDocuments.union(
                        alerts.map(FindingTables::of, DOCUMENT)
                                .name("LakeAlerts")
                                .uid("lake-alerts"),
                        deadLetters
                                .map(FindingTables::of, DOCUMENT)
                                .name("LakeDeadLetters")
                                .uid("lake-dead-letters"));
        DataStream<LakeDocument> together =
                documents
                        .map(new LakeUpkeepFunction(settings, upkeep))
                        .returns(DOCUMENT)
                        .name("LakeUpkeepFunction")
                        .uid("lake-upkeep-function")
                        .setParallelism(1);
        LakeSink.append(together, generator(), settings, "lake-findings");
    }

    private LakeRowGenerator generator() {
        return new LakeRowGenerator(settings, maxEventAge);
    }
}
