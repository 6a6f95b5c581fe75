package dev.caracal.job.source;

/** A log source's file is wrong; the message names the file, the line and what was expected. */
public final class LogSourceException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    LogSourceException(String path, int line, String what) {
        super(path + ":" + line + ": " + what);
    }
}
