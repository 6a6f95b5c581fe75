package dev.caracal.cli;

import dev.caracal.job.CaracalJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** The option {@code --config} of the commands that need the job's options. */
public final class JobOptionsFile {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The job's options, such as flink-conf/caracal.yaml.")
    private Path file = Path.of("");

    /**
     * The options that it has.
     *
     * @throws IOException if there is no such file
     */
    public Configuration read() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        return CaracalJob.readConfiguration(file);
    }
}
