package dev.caracal.parsers.logtypes;

import dev.caracal.parsers.format.Member;
import dev.caracal.parsers.format.TextEvent;
import dev.caracal.parsers.json.MismatchException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a flow log, by its header line.
 *
 * @param problem why the header is none, empty if it is one
 */
record VpcFlowHeader(List<String> names, @Nullable Member[] members, String problem) {

    static final VpcFlowHeader NONE =
            new VpcFlowHeader(
                    List.of(), new Member[0], "expected a header as the object's first record");

    /** What tells a header from any other line. */
    private static final int MIN_KNOWN = 5;

    /** Columns whose field is not their name in camel case. */
    private static final Map<String, String> FIELDS =
            Map.of(
                    "account-id", "account",
                    "log-status", "status",
                    "subnet-id", "subNetId",
                    "type", "trafficType",
                    "srcaddr", "srcAddr",
                    "dstaddr", "dstAddr",
                    "srcport", "srcPort",
                    "dstport", "dstPort",
                    "pkt-srcaddr", "pktSrcAddr",
                    "pkt-dstaddr", "pktDstAddr");

    private static final Set<String> REQUIRED = Set.of("start", "end", "status");

    /** Reads headers for the fields of one schema. */
    record Reader(TextEvent event) {

        VpcFlowHeader read(byte[] bytes) {
            if (bytes.length == 0) {
                return NONE;
            }
            String[] columns = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
            List<String> names = Arrays.stream(columns).map(VpcFlowHeader::field).toList();
            Member[] members = names.stream().map(event::find).toArray(Member[]::new);
            long known = Arrays.stream(members).filter(m -> m != null).distinct().count();
            boolean unique = new HashSet<>(names).size() == names.size();
            String problem = "";
            if (known < MIN_KNOWN) {
                problem =
                        "expected a header with at least "
                                + MIN_KNOWN
                                + " flow log columns as the object's first record, found "
                                + MismatchException.excerpt(bytes, 0, bytes.length);
            } else if (!unique) {
                problem = "the header names a column twice";
            }
            return new VpcFlowHeader(names, members, problem);
        }
    }

    void check() throws MismatchException {
        if (!problem.isEmpty()) {
            throw new MismatchException(problem);
        }
    }

    int count() {
        return members.length;
    }

    String name(int column) {
        return names.get(column);
    }

    @Nullable Member member(int column) {
        return members[column];
    }

    boolean isRequired(int column) {
        return REQUIRED.contains(names.get(column));
    }

    boolean isAccount(int column) {
        return names.get(column).equals("account");
    }

    /** {@code flow-direction} is {@code flowDirection}. */
    private static String field(String column) {
        String field = FIELDS.get(column);
        if (field != null) {
            return field;
        }
        StringBuilder result = new StringBuilder();
        for (String part : column.split("-")) {
            boolean first = result.isEmpty() || part.isEmpty();
            result.append(first ? part : part.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(first ? "" : part.substring(1));
        }
        return result.toString();
    }
}
