package dev.caracal.cli.test;

import dev.caracal.cli.Console;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the reports of each run: text for people, and what {@code --format} and {@code --output}
 * ask for.
 *
 * @param file null if the report goes to the console
 */
record Reports(Console console, ReportFormat format, @Nullable Path file, boolean verbose) {

    /** One run's reports. */
    static final class Open implements AutoCloseable {
        private final List<TestReport> reports;
        private final @Nullable TextReport text;
        private final @Nullable PrintStream file;

        private Open(
                List<TestReport> reports, @Nullable TextReport text, @Nullable PrintStream file) {
            this.reports = List.copyOf(reports);
            this.text = text;
            this.file = file;
        }

        void forEach(Consumer<TestReport> each) {
            reports.forEach(each);
        }

        /** In the text for people, if there is one. */
        void note(String line) {
            if (text != null) {
                text.note(line);
            }
        }

        boolean hasText() {
            return text != null;
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
                if (file.checkError()) {
                    throw new IOException("the report cannot be written");
                }
            }
        }
    }

    /**
     * @param rules how many there will be
     */
    Open open(int rules) throws IOException {
        if (file == null) {
            if (format == ReportFormat.TEXT) {
                var text = new TextReport(console, verbose, rules);
                return new Open(List.of(text), text, null);
            }
            return new Open(List.of(report(console, rules)), null, null);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var stream =
                new PrintStream(
                        new BufferedOutputStream(Files.newOutputStream(file)),
                        false,
                        StandardCharsets.UTF_8);
        var reports = new ArrayList<TestReport>();
        var text = new TextReport(console, verbose, rules);
        reports.add(text);
        reports.add(
                report(new Console(InputStream.nullInputStream(), stream, console.err()), rules));
        return new Open(reports, text, stream);
    }

    private TestReport report(Console to, int rules) {
        try {
            return switch (format) {
                case TEXT -> new TextReport(to, verbose, rules);
                case JSON -> new JsonReport(to.out());
                case JUNIT -> new JUnitReport(to.out());
            };
        } catch (XMLStreamException e) {
            throw new IllegalStateException("this JVM writes no XML", e);
        }
    }
}
