package dev.caracal.cli.demo;

import java.io.PrintStream;

/**
 * Lines of text, and below them one live line that is replaced. Where output is not a terminal, the
 * live line is printed only when it has changed.
 */
final class Screen {

    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private String live = "";

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void say(String text) {
        if (terminal && !live.isEmpty()) {
            out.print(BACK_AND_CLEAR);
        }
        out.println(text);
        if (terminal) {
            out.print(live);
        }
        out.flush();
    }

    synchronized void live(String text) {
        if (text.equals(live)) {
            return;
        }
        live = text;
        if (terminal) {
            out.print(BACK_AND_CLEAR + text);
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** Leaves the live line as it stands. */
    synchronized void endLive() {
        if (terminal && !live.isEmpty()) {
            out.println();
        }
        live = "";
        out.flush();
    }
}
