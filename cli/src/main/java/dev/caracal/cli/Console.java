package dev.caracal.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Objects;

/** The streams that a command reads from and writes to, and what {@code out} can show. */
public record Console(InputStream in, PrintStream out, PrintStream err, Display display) {

    /** What shows the output. */
    public enum Display {
        /** A file or another program: lines of text. */
        LINES,
        /** A terminal: a line can be replaced. */
        TERMINAL,
        /** A terminal on which colours are wanted. */
        COLOUR_TERMINAL;

        public boolean isTerminal() {
            return this != LINES;
        }
    }

    public Console {
        Objects.requireNonNull(in, "in is null");
        Objects.requireNonNull(out, "out is null");
        Objects.requireNonNull(err, "err is null");
        Objects.requireNonNull(display, "display is null");
    }

    public Console(InputStream in, PrintStream out, PrintStream err) {
        this(in, out, err, Display.LINES);
    }

    /**
     * The same with {@code out} on a terminal, or not.
     *
     * @param noColor the environment's {@code NO_COLOR}, empty if it is not set (see no-color.org)
     */
    Console on(boolean terminal, String noColor) {
        Display colours = noColor.isEmpty() ? Display.COLOUR_TERMINAL : Display.TERMINAL;
        return new Console(in, out, err, terminal ? colours : Display.LINES);
    }
}
