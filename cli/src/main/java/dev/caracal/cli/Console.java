package dev.caracal.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Objects;

/** The streams that a command reads from and writes to. */
public record Console(InputStream in, PrintStream out, PrintStream err) {

    public Console {
        Objects.requireNonNull(in, "in is null");
        Objects.requireNonNull(out, "out is null");
        Objects.requireNonNull(err, "err is null");
    }
}
