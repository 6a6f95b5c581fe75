package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Juniper.Access: an entry is one line, for example {@code … [INFO][mws-access][se-request-25]
 * key:ed4b4152,PHASE_REQUEST_POST_PROCESS,127.0.0.1,http://192.0.2.1/}, and lines that continue it.
 *
 * <p>A line that continues an entry is accepted and holds no event. To be one it must follow an
 * entry, or another such line, directly and in the same object; and it must not begin with a time,
 * as it could then be an entry of another WebApp Secure log. Any other line is rejected. For this
 * the parser remembers, for the objects that it has had last, where their last line was: the lines
 * of several objects come mixed. After a restart it knows none, so that lines which continue the
 * entry at the point of the restart are rejected.
 */
public final class JuniperAccessParser implements RecordParser {

    private static final int MAX_OBJECTS = 1000;

    private final TextEvent event;
    private final JuniperLine line = new JuniperLine();
    private final Map<String, Long> lastIndexByObject = new LinkedHashMap<>();
    private final Member timestamp;
    private final Member hostname;
    private final Member logLevel;
    private final Member thread;
    private final Member uniqueRequestKey;
    private final Member type;
    private final Member stage;
    private final Member proxyClientIp;
    private final Member url;

    public JuniperAccessParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        timestamp = event.member("timestamp");
        hostname = event.member("hostname");
        logLevel = event.member("log_level");
        thread = event.member("thread");
        uniqueRequestKey = event.member("unique_request_key");
        type = event.member("type");
        stage = event.member("stage");
        proxyClientIp = event.member("proxy_client_ip");
        url = event.member("url");
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        if (!continuesEntry(buffer, offset, length, context)) {
            entry(buffer, offset, length, context);
        }
        lastIndexByObject.remove(context.objectId());
        lastIndexByObject.put(context.objectId(), context.recordIndex());
        if (lastIndexByObject.size() > MAX_OBJECTS) {
            lastIndexByObject.remove(lastIndexByObject.keySet().iterator().next());
        }
    }

    private boolean continuesEntry(byte[] buffer, int offset, int length, RecordContext context) {
        Long last = lastIndexByObject.get(context.objectId());
        return last != null
                && last + 1 == context.recordIndex()
                && !JuniperLine.beginsWithTime(buffer, offset, length);
    }

    private void entry(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        line.begin(buffer, offset, length);
        event.begin();
        line.writeTime(timestamp, event);
        line.writeHostname(hostname, event);
        line.readBracketed("a log level");
        line.writePart(logLevel, event);
        line.skip("[mws-access]");
        line.readBracketed("a thread");
        line.writePart(thread, event);
        line.skip(" key:");
        line.readUntil(',', "a request key");
        line.writePart(uniqueRequestKey, event);
        line.skipBlanks();
        line.skip("PHASE_");
        line.readUntil('_', "REQUEST or RESPONSE");
        line.writePart(type, event);
        line.readUntil('_', "PRE or POST");
        line.writePart(stage, event);
        line.skip("PROCESS,");
        line.skipBlanks();
        line.readUntil(',', "an address");
        line.writePart(proxyClientIp, event);
        line.skipBlanks();
        line.readRest();
        line.writePart(url, event);
        event.end(context);
    }
}
