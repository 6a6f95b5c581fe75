package dev.caracal.parsers.logtypes;

import static dev.caracal.parsers.logtypes.AccessLine.IDENTITY;
import static dev.caracal.parsers.logtypes.AccessLine.USER_AGENT;

import dev.caracal.parsers.RecordContext;
import dev.caracal.parsers.format.EventBuilder;
import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.RecordParser;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.json.MismatchException;
import dev.caracal.parsers.schema.Schema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Nginx.Access: nginx's predefined format {@code combined}, which has {@code -} where Apache's has
 * the client's identity.
 */
public final class NginxAccessParser implements RecordParser {

    /** The fields of the parts, in the order of {@link AccessLine}. */
    private static final @Nullable String[] FIELDS = {
        "remoteAddr",
        null,
        "remoteUser",
        "time",
        "request",
        "status",
        "bodyBytesSent",
        "httpReferer",
        "httpUserAgent"
    };

    private final TextEvent event;
    private final AccessLine line = new AccessLine();
    private final @Nullable Member[] members;

    public NginxAccessParser(Schema schema, EventBuilder builder) {
        event = TextEvent.lenient(schema, builder);
        members =
                Arrays.stream(FIELDS)
                        .map(field -> field == null ? null : event.member(field))
                        .toArray(Member[]::new);
    }

    @Override
    public void parse(byte[] buffer, int offset, int length, RecordContext context)
            throws MismatchException {
        line.split(buffer, offset, length, USER_AGENT);
        if (line.length(IDENTITY) != 1 || !line.isAbsent(IDENTITY)) {
            throw new MismatchException(
                    "expected - after the address, found "
                            + MismatchException.excerpt(
                                    buffer, line.offset(IDENTITY), line.length(IDENTITY)));
        }
        event.begin();
        for (int part = 0; part < members.length; part++) {
            Member member = members[part];
            if (member != null && !isMissing(part)) {
                event.write(member, buffer, line.offset(part), line.length(part));
            }
        }
        event.end(context);
    }

    /** True for {@code -}; an empty request is one: the client sent nothing. */
    private boolean isMissing(int part) {
        return line.length(part) > 0 && line.isAbsent(part);
    }
}
