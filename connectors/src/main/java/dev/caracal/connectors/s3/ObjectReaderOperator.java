package dev.caracal.connectors.s3;

import dev.caracal.connectors.DeadLetter;
import java.io.Serial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.util.SimpleVersionedListState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * The task-thread side of the {@link S3ObjectReader}. I/O threads put {@link ReadStep}s into one
 * queue; a "pump" mail takes one of them, emits it, and sends itself again, so that the input and
 * checkpoints get their turn between any two batches. Never is more than one pump in the mailbox.
 */
@SuppressWarnings("serial") // operators are made by their factory; they are never serialised
final class ObjectReaderOperator extends AbstractStreamOperator<RecordBatch>
        implements OneInputStreamOperator<S3Object, RecordBatch>, BoundedOneInput {

    /**
     * Objects taken while at capacity. Each foreign mail lets one in, not only a barrier, so there
     * must be an end to it; a waiting object is some 300 bytes.
     */
    private static final int MAX_WAITING = 1_000;

    /** A foreign mail does not wake the wait at capacity, so it must be short. */
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long CLOSE_SECONDS = 10;

    private static final ListStateDescriptor<byte[]> STATE =
            new ListStateDescriptor<>("objects", BytePrimitiveArraySerializer.INSTANCE);

    private final ReaderSettings settings;
    private final ObjectStore.Factory stores;
    private final RecordCutter.Factory cutters;
    private final MailboxExecutor mailbox;

    private final Queue<ReadStep> steps = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean pumpSent = new AtomicBoolean();
    private final ArrayDeque<ObjectProgress> waiting = new ArrayDeque<>();
    private final Map<ObjectRead, ObjectProgress> inFlight = new LinkedHashMap<>();
    private final StreamRecord<RecordBatch> records = new StreamRecord<>(null);
    private final StreamRecord<DeadLetter> deadLetters = new StreamRecord<>(null);

    /** Set while the task thread waits at capacity and takes the steps itself. */
    private volatile boolean atCapacity;

    @SuppressWarnings("NullAway.Init")
    private ListState<ObjectProgress> state;

    @SuppressWarnings("NullAway.Init")
    private ObjectRead.Shared shared;

    @SuppressWarnings("NullAway.Init")
    private Thread taskThread;

    private @Nullable ExecutorService ioThreads;
    private @Nullable Watermark heldWatermark;

    private ObjectReaderOperator(
            StreamOperatorParameters<RecordBatch> parameters, Factory factory) {
        super(parameters);
        this.settings = factory.settings;
        this.stores = factory.stores;
        this.cutters = factory.cutters;
        this.mailbox = parameters.getMailboxExecutor();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state =
                new SimpleVersionedListState<>(
                        context.getOperatorStateStore().getListState(STATE),
                        new ObjectProgressSerializer());
        for (ObjectProgress progress : state.get()) {
            waiting.add(progress);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<ObjectProgress> objects = new ArrayList<>(inFlight.values());
        objects.addAll(waiting);
        state.update(objects);
    }

    @Override
    public void open() throws Exception {
        super.open();
        taskThread = Thread.currentThread();
        int atOnce = settings.objectsAtOnce();
        shared =
                new ObjectRead.Shared(
                        settings,
                        stores.create(atOnce),
                        cutters,
                        new LongRecordPermit(),
                        new ReaderMetrics(getMetricGroup(), inFlight::size, waiting::size),
                        this::hand);
        ioThreads = Executors.newFixedThreadPool(atOnce, this::ioThread);
        startReads();
    }

    private Thread ioThread(Runnable work) {
        Thread thread = new Thread(work, getRuntimeContext().getTaskInfo().getTaskName() + " I/O");
        thread.setDaemon(true);
        thread.setContextClassLoader(getUserCodeClassloader());
        return thread;
    }

    @Override
    public void processElement(StreamRecord<S3Object> element) throws InterruptedException {
        waiting.add(new ObjectProgress(element.getValue(), false, 0));
        startReads();
        if (!waiting.isEmpty()) {
            waitForRoom();
        }
    }

    /**
     * Emits until an object has ended, or something else wants the task thread. A plain {@code
     * yield()} would not do: it runs the mails of this operator and those after it, but not those
     * that trigger checkpoints, so that in a backlog, where the reader is always at capacity, a
     * barrier would wait for the end of an object.
     */
    private void waitForRoom() throws InterruptedException {
        atCapacity = true;
        while (!waiting.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Cancelled while at capacity");
            }
            while (mailbox.tryYield()) {
                // A pump that was sent before, and the mails of operators behind this one.
            }
            boolean emitted = emitNext();
            if (mailbox.shouldInterrupt() && waiting.size() < MAX_WAITING) {
                break;
            }
            if (!emitted && !waiting.isEmpty()) {
                LockSupport.parkNanos(this, WAIT_NANOS);
            }
        }
        atCapacity = false;
        if (!steps.isEmpty()) {
            sendPump();
        }
    }

    /** Called by I/O threads. */
    private void hand(ReadStep step) {
        steps.add(step);
        if (atCapacity) {
            LockSupport.unpark(taskThread);
            return;
        }
        sendPump();
    }

    private void sendPump() {
        if (!pumpSent.compareAndSet(false, true)) {
            return;
        }
        try {
            mailbox.execute(this::pump, "Emit records of S3 objects");
        } catch (RejectedExecutionException e) {
            LOG.debug("The task is ending; what has been read is read again after a restore", e);
        }
    }

    private void pump() {
        pumpSent.set(false);
        if (atCapacity) {
            return;
        }
        emitNext();
        if (!steps.isEmpty()) {
            sendPump();
        }
    }

    private boolean emitNext() {
        ReadStep step = steps.poll();
        if (step == null) {
            return false;
        }
        if (step instanceof ReadStep.Records found) {
            emit(found);
        } else if (step instanceof ReadStep.Rejected rejected) {
            emit(rejected.letter());
            inFlight.put(rejected.read(), rejected.after());
            rejected.read().emitted(1);
        } else if (step instanceof ReadStep.Failed failed) {
            emit(failed.letter());
            end(failed.read());
        } else if (step instanceof ReadStep.Crashed crashed) {
            throw new IllegalStateException(
                    "Reading of " + inFlight.get(crashed.read()) + " crashed", crashed.cause());
        }
        return true;
    }

    private void emit(ReadStep.Records found) {
        RecordBatch batch = found.batch();
        output.collect(records.replace(batch));
        shared.metrics().emitted(batch);
        if (batch.last()) {
            end(found.read());
            return;
        }
        inFlight.put(found.read(), found.after());
        found.read().emitted(found.slots());
    }

    private void emit(DeadLetter letter) {
        output.collect(S3ObjectReader.DEAD_LETTERS, deadLetters.replace(letter));
        shared.metrics().deadLetter(letter.reason());
    }

    private void end(ObjectRead read) {
        inFlight.remove(read);
        startReads();
        if (heldWatermark != null && inFlight.isEmpty()) {
            output.emitWatermark(heldWatermark);
            heldWatermark = null;
        }
    }

    private void startReads() {
        ExecutorService threads = Objects.requireNonNull(ioThreads, "not open");
        while (!waiting.isEmpty() && inFlight.size() < settings.objectsAtOnce()) {
            ObjectProgress progress = waiting.remove();
            ObjectRead read = new ObjectRead(progress, shared);
            inFlight.put(read, progress);
            threads.execute(read);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (inFlight.isEmpty()) {
            super.processWatermark(mark);
            return;
        }
        heldWatermark = mark;
    }

    @Override
    public void endInput() throws InterruptedException {
        while (!inFlight.isEmpty()) {
            mailbox.yield();
        }
    }

    @Override
    public void close() throws Exception {
        if (ioThreads != null) {
            inFlight.keySet().forEach(ObjectRead::cancel);
            ioThreads.shutdownNow();
            if (!ioThreads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("I/O threads of the reader still run {} s after its end", CLOSE_SECONDS);
            }
            shared.store().close();
        }
        super.close();
    }

    /** Makes the operator; the only part that is serialised. */
    static final class Factory extends AbstractStreamOperatorFactory<RecordBatch>
            implements OneInputStreamOperatorFactory<S3Object, RecordBatch> {

        @Serial private static final long serialVersionUID = 1L;

        private final ReaderSettings settings;
        private final ObjectStore.Factory stores;
        private final RecordCutter.Factory cutters;

        Factory(ReaderSettings settings, ObjectStore.Factory stores, RecordCutter.Factory cutters) {
            this.settings = settings;
            this.stores = stores;
            this.cutters = cutters;
            setChainingStrategy(ChainingStrategy.ALWAYS);
        }

        @Override
        @SuppressWarnings("unchecked") // the one operator class that Flink asks this factory for
        public <T extends StreamOperator<RecordBatch>> T createStreamOperator(
                StreamOperatorParameters<RecordBatch> parameters) {
            return (T) new ObjectReaderOperator(parameters, this);
        }

        @Override
        public Class<ObjectReaderOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return ObjectReaderOperator.class;
        }
    }
}
