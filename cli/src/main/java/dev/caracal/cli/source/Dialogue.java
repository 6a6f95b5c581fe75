package dev.caracal.cli.source;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;

/** Questions to a person, on stderr, and the answers, a line each. */
final class Dialogue {

    private final BufferedReader in;
    private final PrintStream out;

    Dialogue(Console console) {
        in = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
        out = console.err();
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /**
     * Asks until the answer can be read.
     *
     * @param suggestion the answer if there is none
     * @param read makes a value of the answer, or throws an IllegalArgumentException that says what
     *     is wrong with it
     * @throws WrongUsageException if the input ends
     */
    <T> T ask(String question, String suggestion, Function<String, T> read) throws IOException {
        while (true) {
            out.print(question + (suggestion.isEmpty() ? ": " : " [" + suggestion + "]: "));
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new WrongUsageException("the input has ended before \"" + question + '"');
            }
            String answer = line.strip();
            try {
                return read.apply(answer.isEmpty() ? suggestion : answer);
            } catch (IllegalArgumentException e) {
                say("  " + e.getMessage());
            }
        }
    }

    boolean confirm(String question, boolean otherwise) throws IOException {
        return ask(
                question,
                otherwise ? "Y/n" : "y/N",
                answer ->
                        switch (answer.toLowerCase(Locale.ROOT)) {
                            case "y/n" -> otherwise;
                            case "y", "yes" -> true;
                            case "n", "no" -> false;
                            default -> throw new IllegalArgumentException("expected y or n");
                        });
    }
}
