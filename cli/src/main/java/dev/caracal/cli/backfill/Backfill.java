package dev.caracal.cli.backfill;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.connectors.s3.S3ObjectListing;
import dev.caracal.connectors.s3.S3ObjectListing.Listed;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.LogSources;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Goes over the objects of a log source that S3 stored in a span of time, and hands each on once.
 * After each page of the list it writes down how far it has come; what was handed on since then
 * comes again after a crash.
 *
 * @param sources all log sources: an object belongs to the one with the longest prefix
 * @param from the first time that counts
 * @param to the first time that no longer counts
 */
record Backfill(LogSource source, LogSources sources, Instant from, Instant to) {

    private static final String FOLDER = "backfills";

    /** Takes objects in small numbers, in the order of their keys. */
    interface Sink {
        void accept(List<Listed> objects) throws IOException, InterruptedException;
    }

    /** Where the control location keeps the progress. */
    String path() {
        return FOLDER + '/' + source.id() + '.' + compact(from) + '.' + compact(to) + ".json";
    }

    private static String compact(Instant time) {
        return time.toString().replaceAll("[-:]", "");
    }

    BackfillProgress progress(ControlLocation control) throws IOException {
        return control.find(path())
                .map(json -> BackfillProgress.read(path(), json))
                .orElse(BackfillProgress.NOTHING);
    }

    /**
     * @param begun what was dealt with before
     * @param progress told after each page
     */
    BackfillProgress run(
            S3ObjectListing listing,
            BackfillProgress begun,
            Sink sink,
            Consumer<BackfillProgress> progress)
            throws IOException, InterruptedException {
        BackfillProgress now = begun;
        for (String prefix : source.reducedPrefixes().stream().sorted().toList()) {
            if (prefix.compareTo(begun.prefix()) < 0) {
                continue;
            }
            if (!prefix.equals(now.prefix())) {
                now = now.at(prefix, "");
            }
            List<Listed> page = listing.page(prefix, now.after());
            while (!page.isEmpty()) {
                now = handOn(page, now, sink).at(prefix, page.get(page.size() - 1).ref().key());
                progress.accept(now);
                page = listing.page(prefix, now.after());
            }
        }
        now = now.completed();
        progress.accept(now);
        return now;
    }

    private BackfillProgress handOn(List<Listed> page, BackfillProgress before, Sink sink)
            throws IOException, InterruptedException {
        List<Listed> own = page.stream().filter(this::isWanted).toList();
        List<Listed> readable = own.stream().filter(object -> !object.archived()).toList();
        for (List<Listed> few : chunks(readable)) {
            sink.accept(few);
        }
        return before.announced(
                        readable.size(),
                        readable.stream().mapToLong(object -> object.ref().size()).sum())
                .archived(own.size() - readable.size());
    }

    private static List<List<Listed>> chunks(List<Listed> objects) {
        int size = Announcements.BATCH;
        return IntStream.range(0, (objects.size() + size - 1) / size)
                .mapToObj(i -> objects.subList(i * size, Math.min(objects.size(), (i + 1) * size)))
                .toList();
    }

    /** What the job would pass over, or take for another log source's, is left out. */
    private boolean isWanted(Listed object) {
        String key = object.ref().key();
        return !object.storedTime().isBefore(from)
                && object.storedTime().isBefore(to)
                && object.ref().size() > 0
                && !key.endsWith("/")
                && sources.find(source.bucket(), key)
                        .filter(found -> found.source().id().equals(source.id()))
                        .filter(found -> !found.excluded())
                        .isPresent();
    }
}
