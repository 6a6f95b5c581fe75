package dev.caracal.cli.source;

/** What is printed: for people, or for programs. */
enum OutputFormat {
    text,
    json
}
