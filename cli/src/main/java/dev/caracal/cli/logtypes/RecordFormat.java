package dev.caracal.cli.logtypes;

import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.schema.ParserSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the raw records of a log type are written in. */
enum RecordFormat {
    JSON("JSON"),
    CSV("CSV"),
    TEXT("text");

    private static final byte[] NOT_JSON = "x".getBytes(StandardCharsets.US_ASCII);
    private static final RecordContext CONTEXT = new RecordContext("", "", "", 0, new byte[0], 0);

    private final String shown;

    RecordFormat(String shown) {
        this.shown = shown;
    }

    /** A parser in Java is asked: one of JSON says of something else that it is none. */
    static RecordFormat of(LogType logType) {
        ParserSpec parser = logType.schema().parser();
        if (parser instanceof ParserSpec.Json) {
            return JSON;
        }
        if (parser instanceof ParserSpec.Csv) {
            return CSV;
        }
        Classification result =
                new Classifier(List.of(logType)).classify(NOT_JSON, 0, NOT_JSON.length, CONTEXT);
        boolean json =
                result instanceof Classification.Rejected rejected
                        && rejected.reasons().stream()
                                .anyMatch(reason -> reason.message().contains("not JSON"));
        return json ? JSON : TEXT;
    }

    @Override
    public String toString() {
        return shown;
    }
}
