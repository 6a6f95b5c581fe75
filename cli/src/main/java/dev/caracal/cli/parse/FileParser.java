package dev.caracal.cli.parse;

import dev.caracal.cli.Console;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Parses files, hands their events on, names what is rejected, and counts. */
public final class FileParser {

    private static final int MAX_RECORD_BYTES = 16 << 20;

    private final Classifier classifier;
    private final String logStream;
    private final Console console;
    private final InstantSource clock;
    private final Consumer<Event> events;
    private final Map<String, Long> eventsByLogType = new TreeMap<>();
    private long files;
    private long records;
    private long rejected;
    private long unreadable;

    /**
     * @param logStream its name; where it is {@code auto}, the one found is named on stderr
     */
    public FileParser(
            Classifier classifier,
            String logStream,
            Console console,
            InstantSource clock,
            Consumer<Event> events) {
        this.classifier = classifier;
        this.logStream = logStream;
        this.console = console;
        this.clock = clock;
        this.events = events;
    }

    /**
     * @param content not compressed
     * @throws IOException if the rest cannot be read or cut into records
     */
    public void parse(String file, InputStream content) throws IOException {
        files++;
        LogStream stream = LogStreams.open(logStream, content, file, MAX_RECORD_BYTES);
        byte[] header = {};
        for (long index = 0; ; index++) {
            try {
                boolean hasNext = stream.next();
                if (index == 0 && logStream.equals("auto")) {
                    console.err().println(file + ": log stream " + stream.name());
                }
                if (!hasNext) {
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
            accepted.events().forEach(this::count);
        } else if (classification instanceof Classification.Rejected rejection) {
            String reasons =
                    rejection.reasons().stream()
                            .map(reason -> reason.logType() + ": " + reason.message())
                            .collect(Collectors.joining("; "));
            reject(file, index, reasons);
        }
    }

    private void count(Event event) {
        events.accept(event);
        eventsByLogType.merge(event.logType(), 1L, Long::sum);
    }

    private void reject(String file, long index, String reasons) {
        rejected++;
        console.err().println(file + ": record " + (index + 1) + " is rejected: " + reasons);
    }

    /** Counts a file of which the rest cannot be read. */
    public void giveUp(String file, String why) {
        unreadable++;
        console.err().println(file + ": cannot be read to its end: " + why);
    }

    public long rejectedRecords() {
        return rejected;
    }

    public long unreadableFiles() {
        return unreadable;
    }

    /** For example {@code 2 files, 31 records: 30 events (AWS.ALB 30), 1 rejected}. */
    public String summary() {
        long all = eventsByLogType.values().stream().mapToLong(Long::longValue).sum();
        String byLogType =
                eventsByLogType.entrySet().stream()
                        .map(entry -> entry.getKey() + ' ' + entry.getValue())
                        .collect(Collectors.joining(", "));
        return count(files, "file")
                + ", "
                + count(records, "record")
                + ": "
                + count(all, "event")
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
