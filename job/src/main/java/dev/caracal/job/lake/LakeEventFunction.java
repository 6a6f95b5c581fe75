package dev.caracal.job.lake;

import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.job.ClassLoaderRelease;
import dev.caracal.job.schema.SchemaSet;
import dev.caracal.job.schema.SchemaSetCheck;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.parsers.Event;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.schema.SchemaException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives events of users' log types their schema, by which their table is made.
 *
 * <p>An event may come before the broadcast of its schema does: a task that starts afresh, or meets
 * a log type that it does not know, reads the control location itself. An event that comes before a
 * newer version of its schema keeps what that one adds in {@link CoreColumns#UNMAPPED}.
 */
public final class LakeEventFunction
        extends BroadcastProcessFunction<Event, SchemaSet, LakeDocument> {

    private static final long serialVersionUID = 1L;

    /** The schemas in force, numbered. */
    public static final MapStateDescriptor<String, SchemaSource> SCHEMAS =
            new MapStateDescriptor<>("lake-schemas", Types.STRING, Types.POJO(SchemaSource.class));

    /** How long a log type that does not exist is not looked for again. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final ControlLocation control;

    /** By log type; empty for a built-in one. */
    private transient Map<String, String> yamls;

    private transient Map<String, Long> lookedForAt;
    private transient boolean loaded;

    public LakeEventFunction(ControlLocation control) {
        this.control = control;
    }

    @Override
    public void open(OpenContext context) {
        ClassLoaderRelease.registerIn(getRuntimeContext());
        yamls = new HashMap<>();
        lookedForAt = new HashMap<>();
    }

    @Override
    public void processBroadcastElement(
            SchemaSet schemaSet, Context context, Collector<LakeDocument> out) throws Exception {
        BroadcastState<String, SchemaSource> state = context.getBroadcastState(SCHEMAS);
        state.clear();
        for (int i = 0; i < schemaSet.schemas().size(); i++) {
            state.put(String.valueOf(i), schemaSet.schemas().get(i));
        }
        use(schemaSet);
    }

    @Override
    public void processElement(Event event, ReadOnlyContext context, Collector<LakeDocument> out)
            throws Exception {
        if (!loaded) {
            load(context.getBroadcastState(SCHEMAS));
        }
        String yaml = yamls.get(event.logType());
        if (yaml == null) {
            yaml = lookFor(event.logType(), context.currentProcessingTime());
        }
        out.collect(new LakeDocument(event.logType(), yaml, event.json()));
    }

    private String lookFor(String logType, long now) throws IOException {
        if (LogTypes.builtin().names().contains(logType)) {
            yamls.put(logType, "");
            return "";
        }
        Long before = lookedForAt.get(logType);
        if (before == null || now - before >= LOOK_AGAIN.toMillis()) {
            lookedForAt.put(logType, now);
            use(readControlLocation());
        }
        return yamls.getOrDefault(logType, "");
    }

    private void load(ReadOnlyBroadcastState<String, SchemaSource> state) throws Exception {
        List<SchemaSource> restored = new ArrayList<>();
        state.immutableEntries().forEach(entry -> restored.add(entry.getValue()));
        use(restored.isEmpty() ? readControlLocation() : new SchemaSet(restored));
    }

    private SchemaSet readControlLocation() throws IOException {
        return new SchemaSetCheck().check(control.read().texts(SchemaSetCheck.FOLDER)).schemaSet();
    }

    private void use(SchemaSet schemaSet) {
        loaded = true;
        yamls.clear();
        for (SchemaSource source : schemaSet.schemas()) {
            try {
                yamls.put(source.read().name(), source.yaml());
            } catch (SchemaException e) {
                throw new IllegalStateException("An accepted schema cannot be read", e);
            }
        }
    }
}
