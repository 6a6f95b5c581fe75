package dev.caracal.connectors.sns;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Options of SNS. */
public final class SnsOptions {

    public static final ConfigOption<String> TOPIC_ARN =
            key("sns.topic-arn")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Topic that gets all alerts whose rule names no destination; others are"
                                    + " files in destinations/ of the control location.");

    private SnsOptions() {}

    /** Every option of SNS. */
    public static List<ConfigOption<?>> all() {
        return List.of(TOPIC_ARN);
    }
}
