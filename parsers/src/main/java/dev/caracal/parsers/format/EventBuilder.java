package dev.caracal.parsers.format;

import dev.caracal.parsers.Event;
import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.indicator.AwsJsonVisitor;
import dev.caracal.parsers.indicator.IndicatorSet;
import dev.caracal.parsers.json.JsonCopier;
import dev.caracal.parsers.json.JsonCursor;
import dev.caracal.parsers.json.JsonOutput;
import dev.caracal.parsers.time.Timestamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the events of a record are written: the buffers that parsers share, and the core fields
 * that every event ends with.
 */
public final class EventBuilder {

    private static final byte[] LOG_TYPE = JsonOutput.encodeKey("p_log_type");
    private static final byte[] ROW_ID = JsonOutput.encodeKey("p_row_id");
    private static final byte[] EVENT_TIME = JsonOutput.encodeKey("p_event_time");
    private static final byte[] PARSE_TIME = JsonOutput.encodeKey("p_parse_time");
    private static final byte[] SOURCE_ID = JsonOutput.encodeKey("p_source_id");
    private static final byte[] SOURCE_LABEL = JsonOutput.encodeKey("p_source_label");

    private final JsonOutput out = new JsonOutput();
    private final JsonCursor cursor = new JsonCursor();
    private final JsonCopier copier = new JsonCopier(cursor, out);
    private final IndicatorSet indicators = new IndicatorSet();
    private final AwsJsonVisitor awsVisitor = new AwsJsonVisitor(indicators);
    private final RowIds rowIds = new RowIds();
    private final EncodedText logTypeText = new EncodedText();
    private final EncodedText sourceId = new EncodedText();
    private final EncodedText sourceLabel = new EncodedText();
    private final Timestamp eventTime = new Timestamp();
    private final Timestamp parseTime = new Timestamp();

    private long parseTimeMillis;
    private boolean hasEventTime;
    private List<Event> events = new ArrayList<>();

    public JsonOutput out() {
        return out;
    }

    public JsonCursor cursor() {
        return cursor;
    }

    public JsonCopier copier() {
        return copier;
    }

    public IndicatorSet indicators() {
        return indicators;
    }

    AwsJsonVisitor awsVisitor() {
        return awsVisitor.start(cursor);
    }

    /** Begins a record and forgets what an earlier one left. */
    public void beginRecord(long newParseTimeMillis) {
        events = new ArrayList<>(1);
        parseTimeMillis = newParseTimeMillis;
    }

    /** When the record at hand is parsed, in milliseconds since the epoch. */
    public long parseTimeMillis() {
        return parseTimeMillis;
    }

    /** Begins an event. */
    public void begin() {
        out.clear();
        out.raw('{');
        indicators.clear();
        hasEventTime = false;
    }

    /** Takes the event's own time; the first one counts. */
    void eventTime(Timestamp time) {
        if (!hasEventTime) {
            eventTime.set(time.seconds(), time.nanos());
            hasEventTime = true;
        }
    }

    /** Ends the event with its core fields. */
    public void end(String logType, RecordContext context) {
        parseTime.setMillis(context.parseTimeMillis());
        Timestamp time = hasEventTime ? eventTime : parseTime;
        String rowId = rowIds.next(context.objectId(), context.recordIndex(), events.size());
        out.key(LOG_TYPE);
        logTypeText.write(out, logType);
        out.key(ROW_ID);
        out.string(rowId);
        out.key(EVENT_TIME);
        timestamp(time);
        out.key(PARSE_TIME);
        timestamp(parseTime);
        if (!context.sourceId().isEmpty()) {
            out.key(SOURCE_ID);
            sourceId.write(out, context.sourceId());
        }
        if (!context.sourceLabel().isEmpty()) {
            out.key(SOURCE_LABEL);
            sourceLabel.write(out, context.sourceLabel());
        }
        indicators.write(out);
        out.raw('}');
        events.add(
                new Event(
                        logType,
                        rowId,
                        time.millis(),
                        context.parseTimeMillis(),
                        context.sourceId(),
                        out.copy()));
    }

    /** The record's events so far. */
    public List<Event> events() {
        return events;
    }

    void timestamp(Timestamp time) {
        byte[] bytes = out.reserve(Timestamp.LENGTH + 2);
        int at = out.length();
        bytes[at] = '"';
        time.write(bytes, at + 1);
        bytes[at + 1 + Timestamp.LENGTH] = '"';
        out.advance(Timestamp.LENGTH + 2);
    }
}
