package dev.caracal.localaws.s3;

import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.http.XmlWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The XML of Put- and GetBucketNotificationConfiguration: topics and queues, ObjectCreated events,
 * prefix and suffix filters. Lambda functions, EventBridge and other events are refused.
 */
final class NotificationXml {
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private NotificationXml() {}

    static List<NotificationRule> read(byte[] xml) {
        List<NotificationRule> rules = new ArrayList<>();
        for (Element element : children(root(xml))) {
            switch (element.getLocalName()) {
                case "TopicConfiguration" -> rules.add(rule(element, "Topic"));
                case "QueueConfiguration" -> rules.add(rule(element, "Queue"));
                default ->
                        throw new AwsError(
                                501,
                                "NotImplemented",
                                element.getLocalName() + " is not known here.");
            }
        }
        return rules;
    }

    static String write(List<NotificationRule> rules) {
        return XmlWriter.document(
                "NotificationConfiguration",
                NAMESPACE,
                xml -> rules.forEach(rule -> write(xml, rule)));
    }

    private static void write(XmlWriter xml, NotificationRule rule) {
        String kind = rule.destination().startsWith("arn:aws:sns:") ? "Topic" : "Queue";
        xml.element(
                kind + "Configuration",
                entry -> {
                    entry.text("Id", rule.id()).text(kind, rule.destination());
                    rule.events().forEach(event -> entry.text("Event", event));
                    if (!rule.prefix().isEmpty() || !rule.suffix().isEmpty()) {
                        entry.element(
                                "Filter",
                                filter ->
                                        filter.element(
                                                "S3Key",
                                                key -> write(key, rule.prefix(), rule.suffix())));
                    }
                });
    }

    private static void write(XmlWriter key, String prefix, String suffix) {
        if (!prefix.isEmpty()) {
            key.element("FilterRule", rule -> rule.text("Name", "prefix").text("Value", prefix));
        }
        if (!suffix.isEmpty()) {
            key.element("FilterRule", rule -> rule.text("Name", "suffix").text("Value", suffix));
        }
    }

    private static NotificationRule rule(Element configuration, String kind) {
        String id = UUID.randomUUID().toString();
        String destination = "";
        List<String> events = new ArrayList<>();
        String prefix = "";
        String suffix = "";
        for (Element element : children(configuration)) {
            String name = element.getLocalName();
            if (name.equals("Id")) {
                id = element.getTextContent();
            } else if (name.equals(kind)) {
                destination = element.getTextContent();
            } else if (name.equals("Event")) {
                events.add(event(element.getTextContent()));
            } else if (name.equals("Filter")) {
                prefix = filter(element, "prefix");
                suffix = filter(element, "suffix");
            } else {
                throw malformed();
            }
        }
        if (destination.isEmpty() || events.isEmpty()) {
            throw malformed();
        }
        return new NotificationRule(id, destination, events, prefix, suffix);
    }

    private static String event(String name) {
        if (!name.startsWith("s3:ObjectCreated:")) {
            throw new AwsError(
                    501, "NotImplemented", name + " is not raised here, only s3:ObjectCreated:*.");
        }
        return name;
    }

    private static String filter(Element filter, String wanted) {
        String found = "";
        for (Element key : children(filter)) {
            for (Element rule : children(key)) {
                String name = "";
                String value = "";
                for (Element part : children(rule)) {
                    if (part.getLocalName().equals("Name")) {
                        name = part.getTextContent();
                    } else {
                        value = part.getTextContent();
                    }
                }
                if (!name.equalsIgnoreCase("prefix") && !name.equalsIgnoreCase("suffix")) {
                    throw new AwsError(
                            400,
                            "InvalidArgument",
                            "filter rule name must be either prefix or suffix");
                }
                if (name.equalsIgnoreCase(wanted)) {
                    found = value;
                }
            }
        }
        return found;
    }

    private static Element root(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw malformed();
        }
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static AwsError malformed() {
        return new AwsError(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }
}
