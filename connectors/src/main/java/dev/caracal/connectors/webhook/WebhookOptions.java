package dev.caracal.connectors.webhook;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Options of {@link WebhookTransport}. */
public final class WebhookOptions {

    public static final ConfigOption<Duration> TIMEOUT =
            key("webhook.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("How long one request may take, from connecting to its end.");

    public static final ConfigOption<List<String>> ALLOWED_NETWORKS =
            key("webhook.allowed-networks")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Networks such as 10.1.0.0/16 that requests may go to although they"
                                    + " are private, separated by semicolons.");

    public static final ConfigOption<Boolean> ALLOW_HTTP =
            key("webhook.allow-http")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether requests may go out unencrypted; for tests on one machine.");

    private static final List<ConfigOption<?>> ALL = List.of(TIMEOUT, ALLOWED_NETWORKS, ALLOW_HTTP);

    private WebhookOptions() {}

    /** Every option of webhooks. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
