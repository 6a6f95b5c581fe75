package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Juniper.Firewall: {@code … kernel: IPTABLES Dropped: IN=eth0 OUT= SRC=…}, the packet as the
 * kernel's LOG target writes it: pairs and, for the bits that are set, words.
 *
 * <p>A key that appears again, as LEN does for UDP, gets a number after it. Pairs that the schema
 * has no field for are kept as text.
 */
public final class JuniperFirewallParser implements RecordParser {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final Set<String> FLAGS =
            Set.of("SYN", "ACK", "FIN", "RST", "PSH", "URG", "DF", "MF");

    private final TextEvent event;
    private final JuniperLine line = new JuniperLine();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Member timestamp;
    private final Member hostname;
    private final Member verdict;

    public JuniperFirewallParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        timestamp = event.member("timestamp");
        hostname = event.member("hostname");
        verdict = event.member("event");
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        line.begin(buffer, offset, length);
        line.skip("kernel: ");
        if (line.tryReadBracketed()) {
            line.skipBlanks();
        }
        line.skip("IPTABLES ");
        event.begin();
        line.writeTime(timestamp, event);
        line.writeHostname(hostname, event);
        line.readUntil(':', "what was done with the packet");
        line.writePart(verdict, event);
        line.readRest();
        packet(line.partStart(), line.partStart() + line.partLength());
        event.end(context);
    }

    private void packet(int start, int end) throws MismatchException {
        seen.clear();
        int p = start;
        while (p < end) {
            int wordStart = p;
            while (p < end && line.bytes()[p] != ' ') {
                p++;
            }
            word(wordStart, p);
            p++;
        }
    }

    private void word(int start, int end) throws MismatchException {
        byte[] bytes = line.bytes();
        int equals = start;
        while (equals < end && bytes[equals] != '=') {
            equals++;
        }
        String key = new String(bytes, start, equals - start, StandardCharsets.UTF_8);
        if (equals == end) {
            if (FLAGS.contains(key)) {
                write(key, TRUE, 0, TRUE.length);
            }
            return;
        }
        // The packet that an ICMP error is about stands in brackets.
        String name = key.startsWith("[") ? key.substring(1) : key;
        if (end > equals + 1 && !name.isEmpty()) {
            write(name, bytes, equals + 1, end - equals - 1);
        }
    }

    private void write(String name, byte[] bytes, int offset, int length) throws MismatchException {
        int count = seen.merge(name, 1, Integer::sum);
        Member member = count == 1 ? field(name) : null;
        if (member != null) {
            event.write(member, bytes, offset, length);
            return;
        }
        event.writeOther(count == 1 ? name : name + "_" + count, bytes, offset, length);
    }

    /** A key is in capitals, so that none is one of the fields before the packet. */
    private @Nullable Member field(String name) {
        return name.equals(name.toUpperCase(Locale.ROOT)) ? event.find(name) : null;
    }
}
