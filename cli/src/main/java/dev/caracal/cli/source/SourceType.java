package dev.caracal.cli.source;

/** What a log source is; picocli shows the names. */
@SuppressWarnings("JavaConstantName")
enum SourceType {
    s3,
    sqs
}
