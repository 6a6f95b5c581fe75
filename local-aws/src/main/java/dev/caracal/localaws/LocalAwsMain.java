package dev.caracal.localaws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Local AWS as a process of its own. When all servers listen it prints one line of JSON on stdout,
 * {@code {"ready":true,"s3":"http://127.0.0.1:…","sqs":…,"sns":…,"sts":…,"admin":…}}, and nothing
 * else there; logs go to stderr. It runs until it is stopped by a signal, or until its stdin closes
 * where {@code --exit-with-parent} is given.
 *
 * <p>Exit status: 0 when stdin has closed, 143 after SIGTERM, 1 where it cannot start, 2 for wrong
 * usage. Data is written and servers are closed in each case.
 */
public final class LocalAwsMain {
    private LocalAwsMain() {}

    @SuppressWarnings("SystemOut") // the ready line is what stdout is for
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        // Without it the JDK's server waits 40 ms for an acknowledgement in the middle of an
        // answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        LocalAwsOptions options;
        LocalAws.Builder builder = LocalAws.builder();
        try {
            options = LocalAwsOptions.parse(arguments);
            builder.ports(options.ports());
            if (options.config() != null) {
                builder.config(LocalAwsConfig.read(options.config()));
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(LocalAwsOptions.USAGE);
            System.exit(2);
            return;
        }
        Path data = options.data();
        if (data != null) {
            builder.folder(data);
        }
        LocalAws aws = startOrExit(builder);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    aws.close();
                                    closed.countDown();
                                },
                                "shutdown"));
        out.println(ready(aws.endpoints()));
        if (options.exitWithParent()) {
            awaitEndOfInput();
            System.exit(0);
        }
        closed.await();
    }

    private static LocalAws startOrExit(LocalAws.Builder builder) {
        try {
            return builder.start();
        } catch (IOException | RuntimeException e) {
            System.err.println("local AWS cannot start: " + e.getMessage());
            System.exit(1);
            throw new IllegalStateException("not reached", e);
        }
    }

    private static String ready(Endpoints endpoints) {
        ObjectNode line = new ObjectMapper().createObjectNode().put("ready", true);
        line.put("s3", endpoints.s3().toString());
        line.put("sqs", endpoints.sqs().toString());
        line.put("sns", endpoints.sns().toString());
        line.put("sts", endpoints.sts().toString());
        line.put("admin", endpoints.admin().toString());
        return line.toString();
    }

    private static void awaitEndOfInput() {
        try {
            var unused = System.in.transferTo(PrintStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("stdin cannot be read, stopping: " + e.getMessage());
        }
    }
}
