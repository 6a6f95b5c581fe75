package dev.caracal.job.destination;

import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.sns.SnsDelivery;
import dev.caracal.connectors.sqs.SqsDelivery;
import dev.caracal.connectors.webhook.WebhookDelivery;
import dev.caracal.rules.Alert;
import dev.caracal.rules.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the destinations of each alert and makes its deliveries: webhooks are the output, messages
 * for SNS and SQS come out at the sides. Only an alert's first record is delivered.
 *
 * <p>The destinations are in broadcast state, as written. A task that starts afresh reads the
 * control location itself, since the broadcast may come later than the first alert.
 */
public final class RouteFunction
        extends BroadcastProcessFunction<Alert, DestinationSet, WebhookDelivery> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RouteFunction.class);

    /** The destinations in force, by path. */
    public static final MapStateDescriptor<String, DestinationSource> DESTINATIONS =
            new MapStateDescriptor<>(
                    "destinations", Types.STRING, Types.POJO(DestinationSource.class));

    public static final OutputTag<SnsDelivery> SNS =
            new OutputTag<>("sns-deliveries", TypeInformation.of(SnsDelivery.class));

    public static final OutputTag<SqsDelivery> SQS =
            new OutputTag<>("sqs-deliveries", TypeInformation.of(SqsDelivery.class));

    /** Alerts that could not be routed as their rules ask for. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("route-dead-letters", TypeInformation.of(DeadLetter.class));

    /** Id of the destination that the job's options name. */
    static final String TOPIC_ID = "sns.topic-arn";

    private final ControlLocation control;
    private final String topicArn;

    private transient boolean loaded;
    private transient Destinations destinations;

    /**
     * @param control where the destinations are
     * @param topicArn a topic that is a default destination for all alerts; empty for none
     */
    public RouteFunction(ControlLocation control, String topicArn) {
        this.control = control;
        this.topicArn = topicArn;
    }

    @Override
    public void open(OpenContext context) {
        destinations = new Destinations(List.of());
    }

    @Override
    public void processElement(Alert alert, ReadOnlyContext context, Collector<WebhookDelivery> out)
            throws Exception {
        if (!alert.isNew()) {
            return;
        }
        if (!loaded) {
            load(context.getBroadcastState(DESTINATIONS));
        }
        Destinations.Route route = destinations.route(alert);
        for (String unknown : route.unknown()) {
            String detail =
                    "Rule "
                            + alert.ruleId()
                            + " names \""
                            + unknown
                            + "\", which is no destination; the default ones have the alert";
            deadLetter("unknown-destination", detail, unknown, alert, context);
        }
        for (Destination destination : route.destinations()) {
            try {
                deliver(destination, alert, context, out);
            } catch (IllegalArgumentException e) {
                String detail = "Cannot be sent: " + e.getMessage();
                deadLetter("wrong-request", detail, destination.id(), alert, context);
            }
        }
    }

    private static void deliver(
            Destination destination,
            Alert alert,
            ReadOnlyContext context,
            Collector<WebhookDelivery> out) {
        switch (destination.type()) {
            case SNS -> context.output(SNS, AlertDeliveries.sns(destination, alert));
            case SQS -> context.output(SQS, AlertDeliveries.sqs(destination, alert));
            case WEBHOOK, SLACK, TEAMS, PAGERDUTY, OPSGENIE, JIRA ->
                    out.collect(AlertDeliveries.webhook(destination, alert));
        }
    }

    private static void deadLetter(
            String reason,
            String detail,
            String destination,
            Alert alert,
            ReadOnlyContext context) {
        context.output(
                DEAD_LETTERS,
                new DeadLetter(
                        "deliver",
                        reason,
                        detail,
                        "",
                        "destination " + destination,
                        -1,
                        new String(alert.toJson(), StandardCharsets.UTF_8),
                        context.currentProcessingTime()));
    }

    @Override
    public void processBroadcastElement(
            DestinationSet set, Context context, Collector<WebhookDelivery> out) throws Exception {
        BroadcastState<String, DestinationSource> state = context.getBroadcastState(DESTINATIONS);
        state.clear();
        for (DestinationSource source : set.destinations()) {
            state.put(source.path(), source);
        }
        swap(set.destinations());
    }

    private void load(ReadOnlyBroadcastState<String, DestinationSource> state) throws Exception {
        List<DestinationSource> sources = new ArrayList<>();
        state.immutableEntries().forEach(entry -> sources.add(entry.getValue()));
        swap(sources.isEmpty() ? readControlLocation() : sources);
    }

    private List<DestinationSource> readControlLocation() throws IOException {
        return new DestinationSetCheck()
                .check(control.read().texts(DestinationSetCheck.FOLDER))
                .destinationSet()
                .destinations();
    }

    private void swap(List<DestinationSource> sources) {
        List<Destination> all = new ArrayList<>();
        for (DestinationSource source : sources) {
            try {
                all.add(source.read());
            } catch (DestinationException e) {
                LOG.error("What was accepted cannot be read: {}", e.getMessage());
            }
        }
        if (!topicArn.isEmpty()) {
            all.add(topic());
        }
        destinations = new Destinations(all);
        loaded = true;
    }

    private Destination topic() {
        return new Destination(
                TOPIC_ID,
                TOPIC_ID,
                DestinationType.SNS,
                true,
                EnumSet.allOf(Severity.class),
                Set.of(),
                Set.copyOf(Destination.ALERT_TYPES),
                Map.of("topicArn", topicArn),
                null);
    }
}
