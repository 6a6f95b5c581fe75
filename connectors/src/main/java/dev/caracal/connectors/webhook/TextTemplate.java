package dev.caracal.connectors.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A text with placeholders such as {@code {{rule.name|max:80}}}: a path into a JSON document, its
 * steps separated by dots, and {@link TextFilter}s. There is nothing to run in it, and what a
 * placeholder brings in is never read as a template.
 */
public final class TextTemplate {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final List<Part> parts;

    private TextTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Placeholder(List<String> path, List<TextFilter> filters) implements Part {

        JsonNode find(JsonNode document) {
            JsonNode node = document;
            for (String step : path) {
                node = node.isArray() ? node.path(index(step)) : node.path(step);
            }
            return node;
        }

        private static int index(String step) {
            boolean digits = step.length() < 6 && step.chars().allMatch(Character::isDigit);
            return digits ? Integer.parseInt(step) : -1;
        }
    }

    /**
     * @throws IllegalArgumentException naming what is wrong
     */
    public static TextTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        int done = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, done)) {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw new IllegalArgumentException("a placeholder is not closed by }}");
            }
            if (open > done) {
                parts.add(new Literal(text.substring(done, open)));
            }
            parts.add(placeholder(text.substring(open + OPEN.length(), close)));
            done = close + CLOSE.length();
        }
        if (done < text.length()) {
            parts.add(new Literal(text.substring(done)));
        }
        return new TextTemplate(parts);
    }

    private static Placeholder placeholder(String text) {
        String[] pieces = text.strip().split("\\|", -1);
        List<String> path = List.of(pieces[0].strip().split("\\.", -1));
        if (path.stream().anyMatch(step -> step.isEmpty() || step.contains(" "))) {
            throw new IllegalArgumentException(
                    "the placeholder is \"" + text + "\", expected a path such as context.user");
        }
        List<TextFilter> filters = new ArrayList<>();
        for (int i = 1; i < pieces.length; i++) {
            filters.add(TextFilter.parse(pieces[i].strip()));
        }
        return new Placeholder(path, filters);
    }

    /** Whether every placeholder begins with this step. */
    public boolean onlyUses(String firstStep) {
        return parts.stream()
                .allMatch(
                        part ->
                                part instanceof Literal
                                        || ((Placeholder) part).path().get(0).equals(firstStep));
    }

    /** The text for a document. A value that is missing is empty, a list is joined by commas. */
    public String render(JsonNode document) {
        var text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    part instanceof Placeholder placeholder
                            ? filtered(placeholder, document)
                            : ((Literal) part).text());
        }
        return text.toString();
    }

    /** The value itself where the template is one placeholder without filters, else the text. */
    Object value(JsonNode document) {
        boolean isWhole =
                parts.size() == 1
                        && parts.get(0) instanceof Placeholder only
                        && only.filters().isEmpty();
        return isWhole ? ((Placeholder) parts.get(0)).find(document) : render(document);
    }

    private static String filtered(Placeholder placeholder, JsonNode document) {
        String text = text(placeholder.find(document));
        for (TextFilter filter : placeholder.filters()) {
            text = filter.apply(text);
        }
        return text;
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(TextTemplate::text)
                    .collect(Collectors.joining(", "));
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
