package dev.caracal.parsers.schema;

/** A schema cannot be used; the message names file and line, the value and what was expected. */
public final class SchemaException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;

    /**
     * @param line from 1
     */
    public SchemaException(String file, int line, String message) {
        super(file + ", line " + line + ": " + message);
        this.file = file;
        this.line = line;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }
}
