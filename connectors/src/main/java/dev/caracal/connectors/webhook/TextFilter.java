package dev.caracal.connectors.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** What a placeholder does to its text; {@code {{title|line|max:100}}} applies two in turn. */
sealed interface TextFilter {

    String apply(String text);

    /** Cuts a text; what is cut ends in three dots. */
    record Max(int characters) implements TextFilter {

        private static final String MARK = "...";

        public Max {
            if (characters <= MARK.length()) {
                throw new IllegalArgumentException(
                        "max is " + characters + ", expected more than " + MARK.length());
            }
        }

        @Override
        public String apply(String text) {
            if (text.length() <= characters) {
                return text;
            }
            int end = characters - MARK.length();
            int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
            return text.substring(0, whole) + MARK;
        }
    }

    /** Puts a text on one line. */
    record Line() implements TextFilter {

        @Override
        public String apply(String text) {
            return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        }
    }

    /** Says something else for a text; nothing for one that is not listed. */
    record Choice(Map<String, String> choices) implements TextFilter {

        @Override
        public String apply(String text) {
            return choices.getOrDefault(text, "");
        }
    }

    /** Stands in for an empty text. */
    record Default(String otherwise) implements TextFilter {

        @Override
        public String apply(String text) {
            return text.isEmpty() ? otherwise : text;
        }
    }

    /** Base64 of the text's UTF-8 (RFC 4648), as HTTP's basic authentication wants it. */
    record Base64Text() implements TextFilter {

        @Override
        public String apply(String text) {
            return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Takes the meaning from {@code & < >}, which Slack's markup and HTML have in common. */
    record Entities() implements TextFilter {

        @Override
        public String apply(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    }

    /**
     * @throws IllegalArgumentException if there is no such filter, or its argument does not fit
     */
    static TextFilter parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String argument = colon < 0 ? "" : text.substring(colon + 1);
        return switch (name) {
            case "max" -> new Max(number(argument));
            case "line" -> new Line();
            case "map" -> new Choice(choices(argument));
            case "default" -> new Default(argument);
            case "base64" -> new Base64Text();
            case "entities" -> new Entities();
            default ->
                    throw new IllegalArgumentException(
                            "there is no filter \""
                                    + name
                                    + "\"; expected base64, default, entities, line, map or max");
        };
    }

    private static int number(String argument) {
        try {
            return Integer.parseInt(argument);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("max is \"" + argument + "\", expected a number", e);
        }
    }

    private static Map<String, String> choices(String argument) {
        return Arrays.stream(argument.split(",", -1))
                .map(choice -> choice.split("=", 2))
                .peek(
                        choice -> {
                            if (choice.length != 2) {
                                throw new IllegalArgumentException(
                                        "map has \"" + choice[0] + "\", expected FROM=TO");
                            }
                        })
                .collect(Collectors.toMap(choice -> choice[0], choice -> choice[1]));
    }
}
