package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.ObjectFields;
import dev.caracal.parsers.indicator.Scanner;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;

/**
 * Suricata.DNS: the indicators in each answer, by its type. The name that a PTR record belongs to
 * is a reversed address, so it is left out.
 */
final class SuricataDns {

    private final ObjectFields answer;
    private final Member type;
    private final Member name;
    private final Member data;

    private SuricataDns(ObjectFields answer) {
        this.answer = answer;
        this.type = answer.field("rrtype");
        this.name = answer.field("rrname");
        this.data = answer.field("rdata");
    }

    static void extend(JsonRecordParser parser) {
        SuricataDns dns = new SuricataDns(parser.fields("dns", "answers"));
        dns.answer.onRead(dns::readAnswer);
    }

    private void readAnswer() throws MismatchException {
        if (!answer.has(type)) {
            return;
        }
        JsonText text = answer.text(type);
        boolean address = text.contentEquals("A") || text.contentEquals("AAAA");
        boolean pointer = text.contentEquals("PTR");
        boolean alias =
                text.contentEquals("CNAME") || text.contentEquals("MX") || text.contentEquals("NS");
        if (!pointer) {
            answer.scan(name, Scanner.DOMAIN);
        }
        if (address) {
            answer.scan(data, Scanner.IP);
        } else if (alias || pointer) {
            answer.scan(data, Scanner.DOMAIN);
        }
    }
}
