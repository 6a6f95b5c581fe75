package dev.caracal.cli;

import java.io.PrintStream;

/** Lines of text, and on a terminal a last line that is written over. */
public final class ProgressLine {

    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private boolean shown;

    public ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    public void println(String text) {
        clear();
        out.println(text);
    }

    /** Nothing where the output is not a terminal. */
    public void show(String text) {
        if (!terminal) {
            return;
        }
        out.print(BACK_AND_CLEAR + text);
        out.flush();
        shown = true;
    }

    public void clear() {
        if (shown) {
            out.print(BACK_AND_CLEAR);
            shown = false;
        }
    }
}
