package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Juniper.Security: {@code … [INFO][mws-security-alert][service] MKS_Category="New Profile"
 * MKS_ProfileId="3811"}, pairs whose values are quoted. Values may hold quotes: one ends where
 * another pair or nothing follows. Each of the three categories has its keys; no other is accepted.
 */
public final class JuniperSecurityParser implements RecordParser {

    private static final String PREFIX = "MKS_";

    /** Fields by key in lower case, as WebApp Secure does not write keys in one way. */
    private static final Map<String, String> FIELDS =
            Map.ofEntries(
                    Map.entry("category", "category"),
                    Map.entry("profileid", "profile_id"),
                    Map.entry("profilename", "profile_name"),
                    Map.entry("pubkey", "pubkey"),
                    Map.entry("type", "incident"),
                    Map.entry("severity", "severity"),
                    Map.entry("srcip", "source_ip"),
                    Map.entry("useragent", "user_agent"),
                    Map.entry("url", "url"),
                    Map.entry("count", "count"),
                    Map.entry("fakeresponse", "fake_response"),
                    Map.entry("responsecode", "response_code"),
                    Map.entry("responsename", "response_name"),
                    Map.entry("responsecreated", "created_date"),
                    Map.entry("responsedelayed", "delay_date"),
                    Map.entry("responseexpires", "expiration_date"),
                    Map.entry("responseconfig", "response_config"),
                    Map.entry("silentrunning", "silent_running"));

    private final TextEvent event;
    private final JuniperLine line = new JuniperLine();
    private final Map<String, Member> members = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Member timestamp;
    private final Member hostname;
    private final Member logLevel;
    private final Member service;

    public JuniperSecurityParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        timestamp = event.member("timestamp");
        hostname = event.member("hostname");
        logLevel = event.member("log_level");
        service = event.member("service");
        FIELDS.forEach((key, field) -> members.put(key, event.member(field)));
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        line.begin(buffer, offset, length);
        event.begin();
        line.writeTime(timestamp, event);
        line.writeHostname(hostname, event);
        line.readBracketed("a log level");
        line.writePart(logLevel, event);
        line.skip("[mws-security-alert]");
        line.readBracketed("a service");
        line.writePart(service, event);
        line.skipBlanks();
        pairs();
        event.end(context);
    }

    private void pairs() throws MismatchException {
        seen.clear();
        if (!line.atEnd()) {
            line.skip(PREFIX);
        }
        while (!line.atEnd()) {
            line.readUntil('=', "a key");
            String key = line.part().toLowerCase(Locale.ROOT);
            if (!members.containsKey(key) || !seen.add(key)) {
                throw new MismatchException(
                        "expected a key of a security log, once, found '" + line.part() + "'");
            }
            line.readQuoted(PREFIX);
            value(key);
        }
        if (!seen.contains("category")) {
            throw new MismatchException("category: is required and missing");
        }
    }

    /** A value that its field does not take, such as a date in some other form, is kept as text. */
    private void value(String key) throws MismatchException {
        Member member = Objects.requireNonNull(members.get(key));
        if (key.equals("category")) {
            line.writePart(member, event);
            return;
        }
        byte[] bytes = line.bytes();
        if (line.partLength() > 0
                && !event.tryWrite(member, bytes, line.partStart(), line.partLength())) {
            event.writeOther(
                    Objects.requireNonNull(FIELDS.get(key)),
                    bytes,
                    line.partStart(),
                    line.partLength());
        }
    }
}
