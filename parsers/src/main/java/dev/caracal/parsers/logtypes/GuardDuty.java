package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.JsonRecordParser;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.ObjectFields;
import dev.caracal.parsers.json.JsonText;
import dev.caracal.parsers.json.MismatchException;

/** AWS.GuardDuty: a finding has the number of an account and a severity of 0 or more. */
final class GuardDuty {

    private static final int ACCOUNT_DIGITS = 12;

    private final ObjectFields finding;
    private final Member account;
    private final Member severity;

    private GuardDuty(ObjectFields finding) {
        this.finding = finding;
        this.account = finding.field("accountId");
        this.severity = finding.field("severity");
    }

    static void extend(JsonRecordParser parser) {
        GuardDuty guardDuty = new GuardDuty(parser.fields());
        guardDuty.finding.onRead(guardDuty::check);
    }

    private void check() throws MismatchException {
        JsonText text = finding.text(account);
        if (!isAccount(text)) {
            throw wrong("accountId", "an account number of 12 digits", text);
        }
        JsonText number = finding.text(severity);
        if (number.bytes()[number.offset()] == '-') {
            throw wrong("severity", "a number from 0", number);
        }
    }

    private static boolean isAccount(JsonText text) {
        for (int i = 0; i < text.length(); i++) {
            byte b = text.bytes()[text.offset() + i];
            if (b < '0' || b > '9') {
                return false;
            }
        }
        return text.length() == ACCOUNT_DIGITS;
    }

    private static MismatchException wrong(String field, String expected, JsonText text) {
        return new MismatchException(
                field
                        + ": expected "
                        + expected
                        + ", found "
                        + MismatchException.excerpt(text.bytes(), text.offset(), text.length()));
    }
}
