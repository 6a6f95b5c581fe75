package dev.caracal.cli;

import dev.caracal.parsers.Classification;
import dev.caracal.parsers.Classifier;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.stream.LogStream;
import dev.caracal.parsers.stream.LogStreams;
import dev.caracal.parsers.stream.RecordRejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Parses files, writes their events, names what is rejected, and counts. */
final class FileParser {

    private static final int MAX_RECORD_BYTES = 16 << 20;

    private final Classifier classifier;
    private final String logStream;
    private final Console console;
    private final InstantSource clock;
    private final Map<String, Long> eventsByLogType = new TreeMap<>();
    private long files;
    private long records;
    private long rejected;
    private long unreadable;

    FileParser(Classifier classifier, String logStream, Console console, InstantSource clock) {
        this.classifier = classifier;
        this.logStream = logStream;
        this.console = console;
        this.clock = clock;
    }

    /**
     * @param content not compressed
     * @throws IOException if the rest cannot be read or cut into records
     */
    void parse(String file, InputStream content) throws IOException {
        files++;
        LogStream stream = LogStreams.open(logStream, content, file, MAX_RECORD_BYTES);
        byte[] header = {};
        long rejectedBefore = rejected;
        for (long index = 0; ; index++) {
            try {
                if (!stream.next()) {
                    if (rejected > rejectedBefore && !stream.name().equals(logStream)) {
                        console.err()
                                .println(file + ": log stream " + stream.name() + " was taken");
                    }
                    return;
                }
            } catch (RecordRejectedException e) {
                records++;
                reject(file, index, e.reason() + ": " + e.getMessage());
                continue;
            }
            records++;
            if (index == 0) {
                header =
                        Arrays.copyOfRange(
                                stream.buffer(),
                                stream.offset(),
                                stream.offset() + stream.length());
            }
            parse(stream, file, index, header);
        }
    }

    private void parse(LogStream stream, String file, long index, byte[] header) {
        RecordContext context = new RecordContext("", "", file, index, header, clock.millis());
        Classification classification =
                classifier.classify(stream.buffer(), stream.offset(), stream.length(), context);
        if (classification instanceof Classification.Accepted accepted) {
            accepted.events().forEach(this::write);
        } else if (classification instanceof Classification.Rejected rejection) {
            String reasons =
                    rejection.reasons().stream()
                            .map(reason -> reason.logType() + ": " + reason.message())
                            .collect(Collectors.joining("; "));
            reject(file, index, reasons);
        }
    }

    private void write(Event event) {
        console.out().write(event.json(), 0, event.json().length);
        console.out().write('\n');
        eventsByLogType.merge(event.logType(), 1L, Long::sum);
    }

    private void reject(String file, long index, String reasons) {
        rejected++;
        console.err().println(file + ": record " + (index + 1) + " is rejected: " + reasons);
    }

    /** Counts a file of which the rest cannot be read. */
    void giveUp(String file, String why) {
        unreadable++;
        console.err().println(file + ": cannot be read to its end: " + why);
    }

    long rejectedRecords() {
        return rejected;
    }

    long unreadableFiles() {
        return unreadable;
    }

    /** For example {@code 2 files, 31 records: 30 events (AWS.ALB 30), 1 rejected}. */
    String summary() {
        long events = eventsByLogType.values().stream().mapToLong(Long::longValue).sum();
        String byLogType =
                eventsByLogType.entrySet().stream()
                        .map(entry -> entry.getKey() + ' ' + entry.getValue())
                        .collect(Collectors.joining(", "));
        return count(files, "file")
                + ", "
                + count(records, "record")
                + ": "
                + count(events, "event")
                + (byLogType.isEmpty() ? "" : " (" + byLogType + ')')
                + ", "
                + rejected
                + " rejected"
                + (unreadable == 0 ? "" : ", " + count(unreadable, "unreadable file"));
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
