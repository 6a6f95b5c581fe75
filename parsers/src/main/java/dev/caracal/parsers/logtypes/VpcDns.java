package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.ObjectFields;
import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;

/**
 * AWS.VPCDns: the indicators in the question and, by the type of each, in the answers. Names end
 * with a dot, which is left out.
 */
final class VpcDns {

    private final ObjectFields query;
    private final Member name;
    private final ObjectFields answer;
    private final Member type;
    private final Member data;

    private VpcDns(ObjectFields query, ObjectFields answer) {
        this.query = query;
        this.name = query.field("query_name");
        this.answer = answer;
        this.type = answer.field("Type");
        this.data = answer.field("Rdata");
    }

    static void extend(JsonRecordParser parser) {
        VpcDns dns = new VpcDns(parser.fields(), parser.fields("answers"));
        dns.query.onRead(dns::readQuery);
        dns.answer.onRead(dns::readAnswer);
    }

    private void readQuery() throws MismatchException {
        name(name, query);
    }

    private void readAnswer() throws MismatchException {
        JsonText text = answer.text(type);
        if (text.contentEquals("A") || text.contentEquals("AAAA")) {
            answer.scan(data, Scanner.IP);
        } else if (text.contentEquals("CNAME")
                || text.contentEquals("MX")
                || text.contentEquals("NS")
                || text.contentEquals("PTR")) {
            name(data, answer);
        }
    }

    /** The last word: the data of an MX record has a preference before the name. */
    private static void name(Member field, ObjectFields object) throws MismatchException {
        if (!object.has(field)) {
            return;
        }
        JsonText text = object.text(field);
        int end = text.offset() + text.length() - 1;
        int start = end;
        while (start > text.offset() && text.bytes()[start - 1] != ' ') {
            start--;
        }
        if (start < end) {
            Scanner.DOMAIN.scan(text.bytes(), start, end - start, object.indicators());
        }
    }
}
