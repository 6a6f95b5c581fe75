package dev.caracal.cli.search;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.lake.LakeSettings;
import dev.caracal.job.CaracalJob;
import dev.caracal.job.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lake is meant. */
public final class LakeOption {

    private final Path home;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The job's options, whose lake it is.")
    private @Nullable Path config;

    @Option(
            names = "--warehouse",
            paramLabel = "FOLDER",
            description = "Folder of the lake (default: the demo's).")
    private @Nullable Path warehouse;

    public LakeOption(Path home) {
        this.home = home;
    }

    public LakeSettings settings() throws IOException {
        if (config != null) {
            Path file = config;
            return LakeSettings.from(CaracalJob.readConfiguration(file))
                    .orElseThrow(
                            () ->
                                    new WrongUsageException(
                                            file + " sets no lake.warehouse, so there is no lake"));
        }
        Path folder =
                warehouse == null
                        ? home.resolve(".caracal").resolve("demo").resolve("lake")
                        : warehouse;
        if (!Files.exists(folder.resolve("catalog.db"))) {
            throw new WrongUsageException(
                    "there is no lake in "
                            + folder
                            + "; name one with --warehouse or --config, or run the demo");
        }
        Configuration options = new Configuration();
        options.set(LakeOptions.WAREHOUSE, folder.toString());
        return LakeSettings.from(options).orElseThrow();
    }

    /** The job's options, empty without {@code --config}. */
    public Configuration options() throws IOException {
        return config == null ? new Configuration() : CaracalJob.readConfiguration(config);
    }

    /** The control location of the job whose lake it is, as far as that is known. */
    public Optional<ControlLocation> control() throws IOException {
        if (config == null && warehouse == null) {
            Path folder = home.resolve(".caracal").resolve("demo").resolve("control");
            return Files.isDirectory(folder)
                    ? Optional.of(
                            new ControlLocation(
                                    folder.toString(), AwsSettings.from(new Configuration())))
                    : Optional.empty();
        }
        Configuration options = options();
        return options.getOptional(JobOptions.CONTROL_LOCATION)
                .map(uri -> new ControlLocation(uri, AwsSettings.from(options)));
    }

    /** Where copies of files from S3 are kept. */
    Path cache() {
        return home.resolve(".caracal").resolve("cache").resolve("lake");
    }
}
