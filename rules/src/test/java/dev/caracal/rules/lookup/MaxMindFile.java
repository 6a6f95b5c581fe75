package dev.caracal.rules.lookup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a small file in MaxMind's format, with IPv4 networks alone, by
 * https://maxmind.github.io/MaxMind-DB.
 */
final class MaxMindFile {

    private static final int NONE = -1;

    /** Two records for each node: another node, or data as a negative number below NONE. */
    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {NONE, NONE}));

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    MaxMindFile add(String network, Map<String, Object> row) {
        IpPrefix prefix = IpPrefix.parse(network);
        int offset = data.size();
        value(data, row);
        int node = 0;
        for (int bit = 0; bit < prefix.length(); bit++) {
            int side = (int) (prefix.low() >> 31 - bit & 1);
            if (bit == prefix.length() - 1) {
                nodes.get(node)[side] = NONE - 1 - offset;
                break;
            }
            if (nodes.get(node)[side] == NONE) {
                nodes.get(node)[side] = nodes.size();
                nodes.add(new int[] {NONE, NONE});
            }
            node = nodes.get(node)[side];
        }
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            for (int record : node) {
                int value = record;
                if (record == NONE) {
                    value = nodes.size();
                } else if (record < NONE) {
                    value = nodes.size() + 16 + NONE - 1 - record;
                }
                file.write(value >> 16);
                file.write(value >> 8);
                file.write(value);
            }
        }
        file.writeBytes(new byte[16]);
        file.writeBytes(data.toByteArray());
        file.writeBytes("\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("node_count", (long) nodes.size());
        metadata.put("record_size", 24);
        metadata.put("ip_version", 4);
        metadata.put("database_type", "Test");
        metadata.put("languages", List.of("en"));
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", (short) 1);
        metadata.put("description", Map.of("en", "for tests"));
        value(file, metadata);
        return file.toByteArray();
    }

    /** Integer stands for uint16, Long for uint32, Short for uint64. */
    private static void value(ByteArrayOutputStream out, Object value) {
        if (value instanceof Map<?, ?> map) {
            out.write(7 << 5 | map.size());
            map.forEach(
                    (key, inner) -> {
                        value(out, key);
                        value(out, inner);
                    });
        } else if (value instanceof List<?> list) {
            out.write(list.size());
            out.write(11 - 7);
            list.forEach(inner -> value(out, inner));
        } else if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(2 << 5 | Math.min(bytes.length, 29));
            if (bytes.length >= 29) {
                out.write(bytes.length - 29);
            }
            out.writeBytes(bytes);
        } else if (value instanceof Boolean truth) {
            out.write(truth ? 1 : 0);
            out.write(14 - 7);
        } else if (value instanceof Integer number) {
            out.write(5 << 5 | 2);
            out.write(number >> 8);
            out.write(number);
        } else if (value instanceof Long number) {
            out.write(6 << 5 | 4);
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.write((int) (number >> shift));
            }
        } else if (value instanceof Short number) {
            out.write(1);
            out.write(9 - 7);
            out.write(number);
        } else {
            throw new IllegalArgumentException("no type for " + value);
        }
    }
}
