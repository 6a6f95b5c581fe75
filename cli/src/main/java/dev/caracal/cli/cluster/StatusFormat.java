package dev.caracal.cli.cluster;

/** What is printed: for people, or for programs. */
enum StatusFormat {
    text,
    json
}
