package dev.caracal.cli.source;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether questions may be asked. */
final class InputOptions {

    @Option(
            names = "--input",
            negatable = true,
            description =
                    "Ask for what is missing (default: on a terminal); --no-input never asks, and"
                            + " fails with what is missing.")
    private @Nullable Boolean input;

    /** The launcher knows whether there is a terminal. */
    boolean asks() {
        return input == null ? Boolean.getBoolean("caracal.dialogue") : input;
    }
}
