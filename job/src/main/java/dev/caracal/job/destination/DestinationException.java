package dev.caracal.job.destination;

/** A destination's file is wrong; the message names the file, the line and what was expected. */
final class DestinationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    DestinationException(String path, int line, String what) {
        super(path + ":" + line + ": " + what);
    }
}
