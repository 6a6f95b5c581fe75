package dev.caracal.cli.cloudformation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A statement of an IAM policy. Texts may name what is known only where the policy is deployed, as
 * {@code ${AWS::Partition}} or <code>${MasterAccountId}</code>.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">IAM
 *     JSON policy element reference</a>
 */
public final class Statement {

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private Statement(String sid, String effect) {
        json.put("Sid", sid).put("Effect", effect);
    }

    public static Statement allow(String sid) {
        return new Statement(sid, "Allow");
    }

    /** Refuses everybody who does not use TLS. */
    public static Statement onlyWithTls(String action, List<String> resources) {
        return new Statement("OnlyWithTls", "Deny")
                .principal("*")
                .actions(action)
                .resources(resources)
                .condition("Bool", "aws:SecureTransport", List.of("false"));
    }

    private Statement principal(String everybody) {
        json.put("Principal", everybody);
        return this;
    }

    public Statement principal(String type, String name) {
        json.putObject("Principal").put(type, name);
        return this;
    }

    public Statement actions(String... actions) {
        put(json, "Action", List.of(actions));
        return this;
    }

    public Statement resources(List<String> resources) {
        put(json, "Resource", resources);
        return this;
    }

    public Statement resource(String resource) {
        return resources(List.of(resource));
    }

    public Statement withTls() {
        return condition("Bool", "aws:SecureTransport", List.of("true"));
    }

    public Statement condition(String operator, String key, List<String> values) {
        put(json.withObject("/Condition").withObject('/' + operator), key, values);
        return this;
    }

    public ObjectNode json() {
        return json;
    }

    public static ObjectNode document(List<Statement> statements) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ArrayNode array = document.putArray("Statement");
        statements.forEach(statement -> array.add(statement.json()));
        return document;
    }

    private static void put(ObjectNode object, String key, List<String> values) {
        if (values.size() == 1) {
            object.put(key, values.get(0));
            return;
        }
        values.forEach(object.putArray(key)::add);
    }
}
