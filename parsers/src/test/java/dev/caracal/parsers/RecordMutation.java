package dev.caracal.parsers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What goes wrong with records on their way. Those that need JSON leave other records alone. */
enum RecordMutation {
    TRUNCATE {
        @Override
        byte[] apply(byte[] record, Random random) {
            return Arrays.copyOf(record, random.nextInt(record.length + 1));
        }
    },
    LOSE_BYTES {
        @Override
        byte[] apply(byte[] record, Random random) {
            int at = random.nextInt(record.length + 1);
            int to = Math.min(record.length, at + 1 + random.nextInt(20));
            return join(Arrays.copyOf(record, at), tail(record, to));
        }
    },
    REPEAT_BYTES {
        @Override
        byte[] apply(byte[] record, Random random) {
            int at = random.nextInt(record.length + 1);
            int from = Math.max(0, at - 1 - random.nextInt(200));
            return join(Arrays.copyOf(record, at), tail(record, from));
        }
    },
    INSERT_SYNTAX {
        @Override
        byte[] apply(byte[] record, Random random) {
            String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
            int at = random.nextInt(record.length + 1);
            return join(
                    Arrays.copyOf(record, at),
                    snippet.getBytes(StandardCharsets.UTF_8),
                    tail(record, at));
        }
    },
    INSERT_NOT_UTF8 {
        @Override
        byte[] apply(byte[] record, Random random) {
            int at = random.nextInt(record.length + 1);
            byte[] wrong = {(byte) (0x80 + random.nextInt(128)), (byte) random.nextInt(256)};
            return join(Arrays.copyOf(record, at), wrong, tail(record, at));
        }
    },
    REORDER_MEMBERS {
        @Override
        byte[] apply(byte[] record, Random random) {
            return withObject(record, random, (object, name) -> shuffle(object, random));
        }
    },
    RETYPE_MEMBER {
        @Override
        byte[] apply(byte[] record, Random random) {
            return withObject(record, random, (object, name) -> object.set(name, other(random)));
        }
    },
    NEST_DEEPLY {
        @Override
        byte[] apply(byte[] record, Random random) {
            int depth = 1 + random.nextInt(20_000);
            String open = random.nextBoolean() ? "[" : "{\"a\":";
            String close = open.equals("[") ? "]" : "}";
            String nested = open.repeat(depth) + "1" + close.repeat(depth);
            return replaceMember(record, random, nested);
        }
    },
    HUGE_NUMBER {
        @Override
        byte[] apply(byte[] record, Random random) {
            List<String> numbers =
                    List.of(
                            "9".repeat(1 + random.nextInt(2000)),
                            "-1e" + random.nextInt(100_000),
                            "1e-" + random.nextInt(100_000),
                            "0." + "3".repeat(1 + random.nextInt(500)),
                            "-0",
                            "18446744073709551616");
            return replaceMember(record, random, numbers.get(random.nextInt(numbers.size())));
        }
    },
    DUPLICATE_KEY {
        @Override
        byte[] apply(byte[] record, Random random) {
            return withMember(
                    record,
                    random,
                    (before, name) -> before + quoted(name) + ":" + other(random) + ",");
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> SNIPPETS =
            List.of(
                    "\"",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "null",
                    "1e999",
                    "-",
                    "\\ud83d",
                    "\\u0000",
                    "\"\":",
                    "\n",
                    "\r\n",
                    "[[[[",
                    "é",
                    "{\"a\":{\"a\":",
                    "true",
                    " ",
                    "\"-\"",
                    "0x1",
                    "\t",
                    "\\",
                    "%",
                    "<",
                    "=",
                    "|",
                    ";",
                    "\u0000",
                    "\ufeff");

    abstract byte[] apply(byte[] record, Random random);

    private interface ObjectChange {
        void change(ObjectNode object, String member);
    }

    private interface MemberChange {
        String text(String before, String member);
    }

    private static byte[] withObject(byte[] record, Random random, ObjectChange change) {
        if (!(parse(record) instanceof ObjectNode root) || root.isEmpty()) {
            return record;
        }
        ObjectNode object = root;
        String name = member(object, random);
        while (object.get(name) instanceof ObjectNode inner
                && !inner.isEmpty()
                && random.nextBoolean()) {
            object = inner;
            name = member(object, random);
        }
        change.change(object, name);
        return bytes(root.toString());
    }

    /** Writes the value, which may be no tree that Jackson can hold, in place of a member. */
    private static byte[] replaceMember(byte[] record, Random random, String value) {
        return withMember(
                record, random, (before, name) -> before + quoted(name) + ":" + value + ",");
    }

    private static byte[] withMember(byte[] record, Random random, MemberChange change) {
        if (!(parse(record) instanceof ObjectNode root) || root.isEmpty()) {
            return record;
        }
        String changed = change.text("{", member(root, random));
        return bytes(changed + root.toString().substring(1));
    }

    private static void shuffle(ObjectNode object, Random random) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        Collections.shuffle(names, random);
        for (String name : names) {
            JsonNode value = object.remove(name);
            object.set(name, value);
        }
    }

    private static JsonNode other(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> JSON.getNodeFactory().nullNode();
            case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 3 -> JSON.getNodeFactory().numberNode(random.nextDouble());
            case 4 -> new ArrayNode(JSON.getNodeFactory()).add("x").add(1).addObject();
            case 5 -> JSON.createObjectNode().put("x", "y").put("", BigInteger.TEN);
            default -> JSON.getNodeFactory().textNode("\u0000\"\\ é\ud83d\ude00".repeat(2));
        };
    }

    private static String member(ObjectNode object, Random random) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names.get(random.nextInt(names.size()));
    }

    private static JsonNode parse(byte[] record) {
        try {
            return JSON.readTree(record);
        } catch (IOException e) {
            return JSON.getNodeFactory().missingNode();
        }
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tail(byte[] record, int from) {
        return Arrays.copyOfRange(record, from, record.length);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
