package dev.caracal.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs the command in this JVM and captures what it prints. */
public final class CommandTester {

    private CommandTester() {}

    /** What a command left behind. */
    public record Outcome(int status, String out, String err) {
        public List<String> outLines() {
            return out.lines().toList();
        }
    }

    public static Outcome run(String... arguments) {
        return runWith(new byte[0], arguments);
    }

    static Outcome runWith(byte[] stdin, String... arguments) {
        return run(stdin, Console.Display.LINES, arguments);
    }

    /**
     * @param line arguments between blanks; a tilde in one stands for a blank
     * @param answers lines of standard input
     */
    static Outcome runLine(String line, String... answers) {
        byte[] stdin = String.join("\n", answers).concat("\n").getBytes(StandardCharsets.UTF_8);
        return runWith(
                stdin,
                Arrays.stream(line.split(" "))
                        .map(argument -> argument.replace('~', ' '))
                        .toArray(String[]::new));
    }

    static Outcome runOn(Console.Display display, String... arguments) {
        return run(new byte[0], display, arguments);
    }

    private static Outcome run(byte[] stdin, Console.Display display, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new ByteArrayInputStream(stdin),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        display);
        int status = CaracalCommand.execute(console, arguments);
        return new Outcome(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A test resource of this package, as a path. */
    static String resource(String name) {
        try {
            return Path.of(CommandTester.class.getResource(name).toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
