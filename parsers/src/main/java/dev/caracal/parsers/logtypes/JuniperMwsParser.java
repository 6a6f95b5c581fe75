package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.util.Set;

/**
 * Juniper.MWS: {@code … [INFO][mws-security-engine][component] message}, with or without a
 * component. Services that have a log of their own are not of this log type.
 */
public final class JuniperMwsParser implements RecordParser {

    private static final Set<String> OTHER_LOGS =
            Set.of("mws-access", "mws-security-alert", "mws-audit");

    private final TextEvent event;
    private final JuniperLine line = new JuniperLine();
    private final Member timestamp;
    private final Member hostname;
    private final Member logLevel;
    private final Member serviceName;
    private final Member serviceComponent;
    private final Member logMessage;

    public JuniperMwsParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        timestamp = event.member("timestamp");
        hostname = event.member("hostname");
        logLevel = event.member("log_level");
        serviceName = event.member("service_name");
        serviceComponent = event.member("service_component");
        logMessage = event.member("log_message");
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        line.begin(buffer, offset, length);
        event.begin();
        line.writeTime(timestamp, event);
        line.writeHostname(hostname, event);
        line.readBracketed("a log level");
        refuseOtherLogs();
        line.writePart(logLevel, event);
        line.readBracketed("a service");
        refuseOtherLogs();
        line.writePart(serviceName, event);
        if (line.tryReadBracketed()) {
            line.writePart(serviceComponent, event);
        }
        line.skipBlanks();
        line.readRest();
        line.writePart(logMessage, event);
        event.end(context);
    }

    private void refuseOtherLogs() throws MismatchException {
        if (OTHER_LOGS.contains(line.part())) {
            throw new MismatchException(
                    "service_name: expected a service without a log of its own, found '"
                            + line.part()
                            + "'");
        }
    }
}
