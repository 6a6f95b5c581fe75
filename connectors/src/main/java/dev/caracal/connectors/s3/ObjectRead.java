package dev.caracal.connectors.s3;

import com.github.luben.zstd.ZstdIOException;
import dev.caracal.connectors.DeadLetter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one object on an I/O thread: opens it, skips the records that were emitted before
 * a restart, cuts the rest, and hands them over in batches. This is the one place where a read is
 * tried again: when its transfer fails, the object is opened anew, pinned to the same content, and
 * read on after the last record that came out of it.
 */
final class ObjectRead implements Runnable {

    /** Batches handed over and not yet emitted, at most. */
    private static final int SLOTS = 2;

    /** As {@link RecordBatch#header} says. */
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private static final long MAX_RETRY_DELAY_MILLIS = 20_000;
    private static final byte[] NO_HEADER = {};

    /** What the reads of one subtask share. */
    record Shared(
            ReaderSettings settings,
            ObjectStore store,
            RecordCutter.Factory cutters,
            LongRecordPermit longRecords,
            ReaderMetrics metrics,
            Consumer<ReadStep> steps) {}

    private final Shared shared;
    private final LongRecordPermit.Holder longRecords;
    private final Semaphore slots = new Semaphore(SLOTS);
    private final BatchBuilder batch;

    private S3Object object;
    private boolean opened;
    private boolean stepwise;
    private byte[] header = NO_HEADER;

    /** Position of the record that is to come out next; those before it are never cut twice. */
    private long position;

    private volatile boolean cancelled;
    private volatile @Nullable ObjectContent content;

    ObjectRead(ObjectProgress progress, Shared shared) {
        this.shared = shared;
        this.longRecords = shared.longRecords().holder();
        this.batch = new BatchBuilder(shared.settings().batchBytes());
        this.object = progress.object();
        this.opened = progress.opened();
        this.position = progress.emitted();
    }

    @Override
    public void run() {
        try {
            readWithRetries();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            if (!cancelled) {
                shared.steps().accept(new ReadStep.Crashed(this, e));
            }
        } finally {
            longRecords.giveBack();
        }
    }

    /** Ends the reading, from any thread; nothing more may be expected of it. */
    void cancel() {
        cancelled = true;
        ObjectContent current = content;
        if (current != null) {
            current.abort().run();
        }
    }

    /** Tells, from the task thread, that a step has been emitted, so that another may follow. */
    void emitted(int slotsFreed) {
        slots.release(slotsFreed);
    }

    private void readWithRetries() throws InterruptedException {
        int attempt = 1;
        while (!cancelled) {
            long before = position;
            try {
                readOnce();
                return;
            } catch (UnreadableObjectException e) {
                if (e.getCause() instanceof ZstdIOException && !stepwise) {
                    // Once more, for the records between the last one and the fault.
                    stepwise = true;
                    continue;
                }
                fail(e.reason(), String.valueOf(e.getMessage()));
                return;
            } catch (TransferException e) {
                attempt = position > before ? 1 : attempt + 1;
                if (attempt > shared.settings().attempts()) {
                    fail("read-failed", "Gave up after " + (attempt - 1) + " attempts: " + root(e));
                    return;
                }
                if (!cancelled) {
                    shared.metrics().retried();
                    TimeUnit.MILLISECONDS.sleep(retryDelayMillis(attempt));
                }
            }
        }
    }

    private long retryDelayMillis(int attempt) {
        long delay = shared.settings().retryDelayMillis() << Math.min(Math.max(attempt - 2, 0), 16);
        return Math.min(delay, MAX_RETRY_DELAY_MILLIS);
    }

    private void readOnce()
            throws UnreadableObjectException, TransferException, InterruptedException {
        ObjectContent current = open();
        TransferStream transfer =
                new TransferStream(current.stream(), () -> cancelled, shared.metrics().bytesRead());
        try (ContentStream decompressed =
                new ContentStream(
                        transfer,
                        shared.settings(),
                        longRecords,
                        stepwise,
                        shared.metrics().bytesDecompressed())) {
            cut(decompressed);
        } catch (IOException e) {
            throw meaning(e);
        } catch (RuntimeException e) {
            // A cutter that fails on one object would fail on it after every restart.
            throw new UnreadableObjectException(
                    "cutter-failed",
                    "Log stream " + object.logStream() + " failed at record " + position + ": " + e,
                    e);
        } finally {
            content = null;
            release(current, transfer.atEnd());
        }
    }

    private ObjectContent open() throws UnreadableObjectException, TransferException {
        try {
            ObjectContent opening = shared.store().open(object, opened);
            content = opening;
            S3ObjectRef ref = object.ref();
            object =
                    object.withRef(
                            new S3ObjectRef(
                                    ref.bucket(),
                                    ref.key(),
                                    opening.versionId(),
                                    opening.eTag(),
                                    ref.size()));
            opened = true;
            return opening;
        } catch (UnreadableObjectException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new TransferException(e);
        }
    }

    private static void release(ObjectContent content, boolean complete) {
        try {
            content.release(complete);
        } catch (IOException e) {
            // Everything wanted has been read; the connection is lost at worst.
            content.abort().run();
        }
    }

    private void cut(ContentStream stream) throws IOException, InterruptedException {
        int maxRecordBytes = shared.settings().maxRecordBytes();
        RecordCutter cutter = shared.cutters().open(stream, object, maxRecordBytes);
        for (long index = 0; ; index++) {
            stream.startRecord();
            try {
                if (!cutter.next()) {
                    end(index);
                    return;
                }
            } catch (RecordCutter.RejectedRecordException e) {
                if (index >= position) {
                    reject(e);
                }
                continue;
            }
            if (index == 0) {
                int length = Math.min(cutter.length(), MAX_HEADER_BYTES);
                header =
                        Arrays.copyOfRange(
                                cutter.buffer(), cutter.offset(), cutter.offset() + length);
            }
            if (index >= position) {
                add(cutter);
            }
        }
    }

    private void add(RecordCutter cutter) throws InterruptedException {
        if (batch.fits(cutter.length())) {
            batch.add(cutter.buffer(), cutter.offset(), cutter.length());
            position++;
            return;
        }
        flush();
        if (batch.fits(cutter.length())) {
            batch.add(cutter.buffer(), cutter.offset(), cutter.length());
            position++;
            return;
        }
        // All slots, so that there is never more than one long batch beside the cutter's buffer.
        slots.acquire(SLOTS);
        byte[] data =
                Arrays.copyOfRange(
                        cutter.buffer(), cutter.offset(), cutter.offset() + cutter.length());
        position++;
        hand(batch(position - 1, data, new int[] {data.length}, false), SLOTS);
    }

    private void reject(RecordCutter.RejectedRecordException e) throws InterruptedException {
        flush();
        slots.acquire();
        DeadLetter letter =
                letter(e.reason(), String.valueOf(e.getMessage()), position, e.excerpt());
        position++;
        shared.steps().accept(new ReadStep.Rejected(this, letter, progress()));
    }

    private void end(long records) throws UnreadableObjectException, InterruptedException {
        if (records < position) {
            throw new UnreadableObjectException(
                    UnreadableObjectException.CHANGED,
                    "The object has "
                            + records
                            + " records now, of which "
                            + position
                            + " had been read before");
        }
        slots.acquire();
        hand(batch(position - batch.size(), batch.data(), batch.ends(), true), 1);
    }

    private void flush() throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        slots.acquire();
        hand(batch(position - batch.size(), batch.data(), batch.ends(), false), 1);
        batch.clear();
    }

    private void hand(RecordBatch records, int taken) {
        shared.metrics().holds(records);
        shared.steps().accept(new ReadStep.Records(this, records, progress(), taken));
    }

    private void fail(String reason, String detail) throws InterruptedException {
        if (cancelled) {
            return;
        }
        flush();
        // A long batch must be gone before the permit to make one goes to another object.
        slots.acquire();
        shared.steps().accept(new ReadStep.Failed(this, letter(reason, detail, -1, "")));
    }

    private ObjectProgress progress() {
        return new ObjectProgress(object, opened, position);
    }

    private RecordBatch batch(long firstIndex, byte[] data, int[] ends, boolean last) {
        S3ObjectRef ref = object.ref();
        return new RecordBatch(
                object.lane(),
                object.route(),
                ref.identity(),
                "s3://" + ref.bucket() + '/' + ref.key(),
                header,
                firstIndex,
                data,
                ends,
                last,
                object.createdTimeMillis());
    }

    private DeadLetter letter(String reason, String detail, long index, String text) {
        return new DeadLetter(
                "read",
                reason,
                detail,
                object.sourceId(),
                object.ref().toString(),
                index,
                text,
                System.currentTimeMillis());
    }

    /** Finds out what an exception of the cutter is about; cutters may wrap those of the stream. */
    private static UnreadableObjectException meaning(IOException e)
            throws TransferException, InterruptedException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableObjectException unreadable) {
                return unreadable;
            }
            if (cause instanceof TransferException transfer) {
                throw transfer;
            }
            if (cause instanceof InterruptedIOException) {
                throw new InterruptedException("Interrupted while reading");
            }
        }
        return new UnreadableObjectException("unreadable", root(e), e);
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
