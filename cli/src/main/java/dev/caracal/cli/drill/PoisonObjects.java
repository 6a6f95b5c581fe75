package dev.caracal.cli.drill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Objects that no reader can like, each of which counts as one record and is one dead letter. */
record PoisonObjects() implements Fault {

    private static final int SIZE = 100_000;

    /** More than {@code reader.max-compression-ratio} and 100 MB. */
    private static final int BOMB_MEGABYTES = 200;

    @Override
    public String name() {
        return "poison-object";
    }

    @Override
    public String what() {
        return "objects of noise, of 100,000 open brackets, of text that is no JSON, and a gzip bomb";
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public void inject(DrillSite site) throws IOException {
        byte[] noise = new byte[SIZE];
        new Random(SIZE).nextBytes(noise);
        site.feed().putPoison(noise);
        site.feed().putPoison(gzip("{\"Records\":" + "[".repeat(SIZE)));
        site.feed().putPoison(gzip("nobody has written this for a machine"));
        site.feed().putPoison(bomb());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < BOMB_MEGABYTES; i++) {
                out.write(blanks);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void end(DrillSite site) {
        // The objects stay; nobody announces them again.
    }
}
