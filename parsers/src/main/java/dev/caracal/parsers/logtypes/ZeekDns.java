package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.ObjectFields;
import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;

/**
 * Zeek.DNS: the name asked for is a domain when the question is for addresses. Other questions are
 * for names of services, reversed addresses and the like.
 */
final class ZeekDns {

    /** The numbers of A and AAAA (RFC 1035, section 3.2.2; RFC 3596, section 2.1). */
    private static final String A = "1";

    private static final String AAAA = "28";

    private final ObjectFields record;
    private final Member type;
    private final Member query;
    private final Member transaction;
    private final Member rejected;

    private ZeekDns(ObjectFields record) {
        this.record = record;
        this.type = record.field("qtype");
        this.query = record.field("query");
        this.transaction = record.field("trans_id");
        this.rejected = record.field("rejected");
    }

    static void extend(JsonRecordParser parser) {
        ZeekDns dns = new ZeekDns(parser.fields());
        dns.record.onRead(dns::readQuery);
    }

    private void readQuery() throws MismatchException {
        if (!record.has(transaction) && !record.has(query) && !record.has(rejected)) {
            // Other logs of Zeek have an address, a port and a protocol too.
            throw new MismatchException(
                    "trans_id: is required and missing, and so are query and rejected");
        }
        if (!record.has(type)) {
            return;
        }
        JsonText text = record.text(type);
        if (text.contentEquals(A) || text.contentEquals(AAAA)) {
            record.scan(query, Scanner.DOMAIN);
        }
    }
}
