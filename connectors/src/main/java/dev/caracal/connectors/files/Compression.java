package dev.caracal.connectors.files;

/** How {@link S3FileSink} compresses its files. */
public enum Compression {
    NONE(""),
    GZIP(".gz");

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** What is appended to the file's name. */
    String suffix() {
        return suffix;
    }
}
