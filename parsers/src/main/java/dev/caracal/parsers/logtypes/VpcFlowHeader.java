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
record VpcFlowHeader(List<Column> columns, String problem) {

    /**
     * One column.
     *
     * @param member its field, null if the schema has none
     * @param required a record must have a value here
     */
    record Column(String name, @Nullable Member member, boolean required) {

        boolean isAccount() {
            return name.equals("account");
        }
    }

    static final VpcFlowHeader NONE =
            new VpcFlowHeader(List.of(), "expected a header as the object's first record");

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
            List<String> names =
                    Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split(" ", -1))
                            .map(VpcFlowHeader::field)
                            .toList();
            List<Column> columns =
                    names.stream()
                            .map(n -> new Column(n, event.find(n), REQUIRED.contains(n)))
                            .toList();
            long known = columns.stream().filter(column -> column.member() != null).count();
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
            return new VpcFlowHeader(columns, problem);
        }
    }

    void check() throws MismatchException {
        if (!problem.isEmpty()) {
            throw new MismatchException(problem);
        }
    }

    /** {@code flow-direction} is {@code flowDirection}. */
    private static String field(String column) {
        String field = FIELDS.get(column);
        if (field != null) {
            return field;
        }
        StringBuilder result = new StringBuilder();
        for (String part : column.split("-", -1)) {
            boolean first = result.isEmpty() || part.isEmpty();
            result.append(first ? part : part.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(first ? "" : part.substring(1));
        }
        return result.toString();
    }
}
