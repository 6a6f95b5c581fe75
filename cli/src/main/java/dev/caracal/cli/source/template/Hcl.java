package dev.caracal.cli.source.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.cli.cloudformation.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes values in Terraform's language, as {@code terraform fmt} lays them out.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/expressions">Expressions</a>
 */
final class Hcl {

    private static final int MAX_LINE = 100;
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9:]+)}");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    /** What the references of {@link Statement} are here. */
    private static final Map<String, String> EXPRESSIONS =
            Map.of(
                    "AWS::Partition", "data.aws_partition.current.partition",
                    "AWS::AccountId", "data.aws_caller_identity.current.account_id",
                    "MasterAccountId", "var.master_account_id",
                    "CaracalRegion", "var.caracal_region",
                    "QueueName", "var.queue_name",
                    "SnsTopicName", "var.sns_topic_name",
                    "ExternalId", "var.external_id",
                    "Topic", "aws_sns_topic.notifications.arn",
                    "Queue", "aws_sqs_queue.logs.arn");

    private Hcl() {}

    /** The value, its lines after the first indented by so many spaces. */
    static String value(JsonNode node, int indent) {
        if (node instanceof ObjectNode object) {
            return object(object, indent);
        }
        if (node instanceof ArrayNode array) {
            return array(array, indent);
        }
        return node.isTextual() ? string(node.asText()) : node.toString();
    }

    private static String object(ObjectNode object, int indent) {
        List<Map.Entry<String, String>> items = new ArrayList<>();
        object.properties()
                .forEach(
                        entry ->
                                items.add(
                                        Map.entry(
                                                key(entry.getKey()),
                                                value(entry.getValue(), indent + 2))));
        String margin = " ".repeat(indent + 2);
        StringBuilder text = new StringBuilder("{\n");
        for (int i = 0; i < items.size(); i++) {
            String key = items.get(i).getKey();
            String value = items.get(i).getValue();
            int width = value.contains("\n") ? key.length() : width(items, i);
            text.append(margin)
                    .append(key)
                    .append(" ".repeat(width - key.length()))
                    .append(" = ")
                    .append(value)
                    .append('\n');
        }
        return text.append(" ".repeat(indent)).append('}').toString();
    }

    /** Of the longest key among the neighbours whose values are on one line. */
    private static int width(List<Map.Entry<String, String>> items, int index) {
        int first = index;
        while (first > 0 && !items.get(first - 1).getValue().contains("\n")) {
            first--;
        }
        int width = 0;
        for (int i = first; i < items.size() && !items.get(i).getValue().contains("\n"); i++) {
            width = Math.max(width, items.get(i).getKey().length());
        }
        return width;
    }

    private static String array(ArrayNode array, int indent) {
        List<String> elements = new ArrayList<>();
        array.forEach(element -> elements.add(value(element, indent + 2)));
        String line = '[' + String.join(", ", elements) + ']';
        if (!line.contains("\n") && line.length() + indent < MAX_LINE) {
            return line;
        }
        String margin = " ".repeat(indent + 2);
        return elements.stream()
                .map(element -> margin + element + ",\n")
                .collect(Collectors.joining("", "[\n", " ".repeat(indent) + ']'));
    }

    private static String key(String key) {
        return IDENTIFIER.matcher(key).matches() ? key : '"' + key + '"';
    }

    static String string(String text) {
        Matcher whole = REFERENCE.matcher(text);
        if (whole.matches()) {
            return expression(whole.group(1));
        }
        String escaped =
                text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("%{", "%%{");
        return '"'
                + REFERENCE
                        .matcher(escaped)
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                "${" + expression(found.group(1)) + '}'))
                + '"';
    }

    private static String expression(String reference) {
        String expression = EXPRESSIONS.get(reference);
        if (expression == null) {
            throw new IllegalArgumentException("there is nothing in Terraform for " + reference);
        }
        return expression;
    }

    /** A variable; without a default it must be given. */
    static String variable(String name, String description, String otherwise) {
        String head = "variable \"" + name + "\" {\n  description = " + string(description);
        String type = "\n  type        = string\n";
        return otherwise.isEmpty()
                ? head + type + "}\n\n"
                : head + type + "  default     = " + string(otherwise) + "\n}\n\n";
    }
}
