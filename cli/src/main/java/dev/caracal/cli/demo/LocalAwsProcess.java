package dev.caracal.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Local AWS in a JVM of its own: its libraries must not meet the job's. It ends with this process.
 */
public final class LocalAwsProcess implements AutoCloseable {

    private static final int READY_SECONDS = 60;
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final Endpoints endpoints;

    /** Where the servers listen; {@code admin} switches faults on and off. */
    public record Endpoints(URI s3, URI sqs, URI sns, URI sts, URI admin) {}

    private LocalAwsProcess(Process process, Endpoints endpoints) {
        this.process = process;
        this.endpoints = endpoints;
    }

    /**
     * Starts it and waits until its servers listen.
     *
     * @param module the folder of the module {@code local-aws}, packaged
     * @param configuration its accounts, as its {@code --config} reads them
     * @param data where it keeps its data
     * @param log what it has to say, appended
     * @throws IOException if it is not built or cannot start; the message names the log
     */
    public static LocalAwsProcess start(Path module, Path configuration, Path data, Path log)
            throws IOException, InterruptedException {
        Path target = module.resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IOException(target + " is not built; run mvn package");
        }
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                target.resolve("classes")
                                        + File.pathSeparator
                                        + target.resolve("lib").resolve("*"),
                                "dev.caracal.localaws.LocalAwsMain",
                                "--config",
                                configuration.toString(),
                                "--data",
                                data.toString(),
                                "--exit-with-parent")
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        try {
            return new LocalAwsProcess(process, awaitReady(process));
        } catch (ExecutionException | TimeoutException e) {
            process.destroy();
            throw new IOException("local AWS has not started; see " + log, e);
        }
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    private static Endpoints awaitReady(Process process)
            throws InterruptedException, ExecutionException, TimeoutException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return CompletableFuture.supplyAsync(() -> readEndpoints(out))
                .get(READY_SECONDS, TimeUnit.SECONDS);
    }

    private static Endpoints readEndpoints(BufferedReader out) {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("it ended before it was ready");
            }
            JsonNode ready = new ObjectMapper().readTree(line);
            return new Endpoints(
                    URI.create(ready.path("s3").asText()),
                    URI.create(ready.path("sqs").asText()),
                    URI.create(ready.path("sns").asText()),
                    URI.create(ready.path("sts").asText()),
                    URI.create(ready.path("admin").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
