package dev.caracal.cli.control;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.connectors.aws.AwsOptions;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.sqs.SqsSourceOptions;
import dev.caracal.job.CaracalJob;
import dev.caracal.job.JobOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the control location is, and how to reach AWS, for commands that use either. */
public final class ControlOptions {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+-]+");

    @Option(
            names = "--control",
            defaultValue = "${CARACAL_CONTROL:-}",
            paramLabel = "LOCATION",
            description =
                    "The control location: a folder or s3://bucket/prefix (default: the environment"
                            + " variable CARACAL_CONTROL, else control.location of --config).")
    private String control = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The job's options, such as flink-conf/caracal.yaml; control location, queue and"
                            + " AWS are taken from there.")
    private @Nullable Path config;

    @Option(
            names = "--endpoint",
            defaultValue = "",
            paramLabel = "URL",
            description = "Endpoint of all AWS services (default: those of --config, or AWS).")
    private String endpoint = "";

    @Option(
            names = "--region",
            defaultValue = "",
            paramLabel = "REGION",
            description =
                    "Caracal's region (default: as --config, the environment or profile says).")
    private String region = "";

    /** The job's options, with what the command line says of AWS. */
    public Configuration configuration() throws IOException {
        Configuration options =
                config == null ? new Configuration() : CaracalJob.readConfiguration(config);
        if (!region.isEmpty()) {
            options.set(AwsOptions.REGION, region);
        }
        if (!endpoint.isEmpty()) {
            options.set(AwsOptions.ENDPOINT, endpoint);
            options.set(AwsOptions.S3_PATH_STYLE, true);
        }
        return options;
    }

    public AwsSettings aws() throws IOException {
        return AwsSettings.from(configuration());
    }

    /**
     * The control location.
     *
     * @throws WrongUsageException if nothing names one
     */
    public ControlLocation location() throws IOException {
        Configuration options = configuration();
        String uri =
                control.isEmpty()
                        ? options.getOptional(JobOptions.CONTROL_LOCATION).orElse("")
                        : control;
        if (uri.isEmpty()) {
            throw new WrongUsageException(
                    "which control location? Give --control, such as --control"
                            + " s3://example-caracal-control/production, or set CARACAL_CONTROL");
        }
        return new ControlLocation(uri, AwsSettings.from(options));
    }

    /**
     * What leads another command to the same place, as it was given here, for a shell; empty, or
     * begins with a space.
     */
    public String again() {
        boolean named = control.equals(System.getenv().getOrDefault("CARACAL_CONTROL", ""));
        return (named ? "" : " --control " + quoted(control))
                + (config == null ? "" : " --config " + quoted(config.toString()));
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** The queue that notifications arrive in, where the job's options name it. */
    public Optional<NotificationQueue> queue() throws IOException {
        Configuration options = configuration();
        String ownRegion = options.getOptional(AwsOptions.REGION).orElse("");
        return options.getOptional(SqsSourceOptions.QUEUE_URL)
                .map(url -> NotificationQueue.of(url, ownRegion));
    }
}
