package dev.caracal.cli.search;

/** How rows are written. */
enum OutputFormat {
    /** Aligned columns, for people. */
    TABLE(""),
    /** One JSON object a line. */
    JSONL("FORMAT json"),
    CSV("FORMAT csv, HEADER"),
    PARQUET("FORMAT parquet, COMPRESSION zstd");

    private final String copyOptions;

    OutputFormat(String copyOptions) {
        this.copyOptions = copyOptions;
    }

    /** Options of DuckDB's COPY. */
    String copyOptions() {
        return copyOptions;
    }
}
