package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.indicator.IpAddress;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;

/**
 * Juniper.Audit: {@code … [mws-audit][INFO] [user] [address] message}. In the user's place there
 * may be an API key instead, 32 hex digits; the address is there only for logins, and may be empty.
 */
public final class JuniperAuditParser implements RecordParser {

    private static final int API_KEY_LENGTH = 32;

    private final TextEvent event;
    private final JuniperLine line = new JuniperLine();
    private final Member timestamp;
    private final Member hostname;
    private final Member logLevel;
    private final Member message;
    private final Member apiKey;
    private final Member loginIp;
    private final Member username;

    public JuniperAuditParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        timestamp = event.member("timestamp");
        hostname = event.member("hostname");
        logLevel = event.member("log_level");
        message = event.member("message");
        apiKey = event.member("api_key");
        loginIp = event.member("login_ip");
        username = event.member("username");
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        line.begin(buffer, offset, length);
        line.skip("[mws-audit]");
        event.begin();
        line.writeTime(timestamp, event);
        line.writeHostname(hostname, event);
        line.readBracketed("a log level");
        line.writePart(logLevel, event);
        line.skipBlanks();
        line.readBracketed("a user or an API key");
        line.writePart(isApiKey() ? apiKey : username, event);
        line.skipBlanks();
        if (line.tryReadBracketed()) {
            address();
        }
        line.skipBlanks();
        line.readRest();
        line.writePart(message, event);
        event.end(context);
    }

    private void address() throws MismatchException {
        if (line.partLength() == 0
                || IpAddress.isAddress(line.bytes(), line.partStart(), line.partLength())) {
            line.writePart(loginIp, event);
            return;
        }
        line.unreadBracketed();
    }

    private boolean isApiKey() {
        if (line.partLength() != API_KEY_LENGTH) {
            return false;
        }
        for (int i = line.partStart(); i < line.partStart() + API_KEY_LENGTH; i++) {
            byte b = line.bytes()[i];
            if ((b < '0' || b > '9') && (b < 'a' || b > 'f')) {
                return false;
            }
        }
        return true;
    }
}
