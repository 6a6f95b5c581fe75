package dev.caracal.cli.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * A CloudFormation template, built part by part.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html">Template
 *     anatomy</a>
 */
public final class CloudFormation {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Za-z0-9:.]+}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode template = JsonNodeFactory.instance.objectNode();

    public CloudFormation(String description) {
        template.put("AWSTemplateFormatVersion", "2010-09-09").put("Description", description);
    }

    /**
     * @param otherwise the value where none is given; empty if one must be given
     * @param pattern what a value must match; empty for any
     */
    public CloudFormation parameter(
            String name, String description, String pattern, String otherwise) {
        ObjectNode parameter =
                template.withObject("/Parameters")
                        .putObject(name)
                        .put("Type", "String")
                        .put("Description", description);
        if (!pattern.isEmpty()) {
            parameter.put("AllowedPattern", pattern);
        }
        if (!otherwise.isEmpty()) {
            parameter.put("Default", otherwise);
        }
        return this;
    }

    /** As {@link #parameter}, but CloudFormation never shows the value. */
    public CloudFormation secretParameter(String name, String description, String otherwise) {
        parameter(name, description, "", otherwise);
        template.withObject("/Parameters").withObject('/' + name).put("NoEcho", true);
        return this;
    }

    /** A whole number within bounds. */
    public CloudFormation number(
            String name, String description, long least, long most, long otherwise) {
        template.withObject("/Parameters")
                .putObject(name)
                .put("Type", "Number")
                .put("Description", description)
                .put("MinValue", least)
                .put("MaxValue", most)
                .put("Default", otherwise);
        return this;
    }

    /** One of a few texts, of which the first is the default. */
    public CloudFormation choice(String name, String description, List<String> values) {
        parameter(name, description, "", values.get(0));
        values.forEach(
                template.withObject("/Parameters").withObject('/' + name).putArray("AllowedValues")
                        ::add);
        return this;
    }

    /** A resource; texts that name parameters or resources become references to them. */
    public CloudFormation resource(String name, String type, ObjectNode properties) {
        resourceNode(name, type).set("Properties", references(properties));
        return this;
    }

    /** As {@link #resource}, but it stays when the stack goes. */
    public CloudFormation lastingResource(String name, String type, ObjectNode properties) {
        resourceNode(name, type)
                .put("DeletionPolicy", "Retain")
                .put("UpdateReplacePolicy", "Retain")
                .set("Properties", references(properties));
        return this;
    }

    private ObjectNode resourceNode(String name, String type) {
        return template.withObject("/Resources").putObject(name).put("Type", type);
    }

    public CloudFormation output(String name, String description, JsonNode value) {
        template.withObject("/Outputs")
                .putObject(name)
                .put("Description", description)
                .set("Value", references(value));
        return this;
    }

    private static ObjectNode attribute(String resource, String attribute) {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        reference.putArray("Fn::GetAtt").add(resource).add(attribute);
        return reference;
    }

    public static ObjectNode properties() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** {@code ${Name}} alone is a Ref or a Fn::GetAtt, within a text a Fn::Sub. */
    public static JsonNode references(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(entry -> copy.set(entry.getKey(), references(entry.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(references(element)));
            return copy;
        }
        if (!node.isTextual() || !REFERENCE.matcher(node.asText()).find()) {
            return node;
        }
        String text = node.asText();
        if (!REFERENCE.matcher(text).matches()) {
            return properties().put("Fn::Sub", text);
        }
        String name = text.substring(2, text.length() - 1);
        int dot = name.indexOf('.');
        return dot < 0
                ? properties().put("Ref", name)
                : attribute(name.substring(0, dot), name.substring(dot + 1));
    }

    public ObjectNode tree() {
        return template.deepCopy();
    }

    public String json() {
        return json(template);
    }

    public String yaml() {
        return yaml(template);
    }

    public static String json(JsonNode tree) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    public static String yaml(JsonNode tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setIndent(4);
        options.setIndicatorIndent(2);
        Map<?, ?> map = JSON.convertValue(tree, LinkedHashMap.class);
        return new Yaml(options).dump(map);
    }
}
