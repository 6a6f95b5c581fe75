package dev.caracal.localaws.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The two calls of SQS that the other servers make, over its JSON protocol. */
public final class SqsClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI endpoint;
    private final String account;
    private final String region;

    /** A message attribute; binary values are in base64. */
    public record Attribute(String type, String value) {
        ObjectNode json() {
            String field = type.startsWith("Binary") ? "BinaryValue" : "StringValue";
            return JSON.createObjectNode().put("DataType", type).put(field, value);
        }
    }

    public SqsClient(HttpClient http, URI endpoint, String account, String region) {
        this.http = http;
        this.endpoint = endpoint;
        this.account = account;
        this.region = region;
    }

    /** The account that owns the queues. */
    public String account() {
        return account;
    }

    public String arn(String queue) {
        return String.join(":", "arn:aws:sqs", region, account, queue);
    }

    /** Sends a message to the queue of an ARN; an IOException where SQS does not take it. */
    public void send(String queueArn, String body, Map<String, Attribute> attributes)
            throws IOException, InterruptedException {
        String queue = queueArn.substring(queueArn.lastIndexOf(':') + 1);
        if (!queueArn.equals(arn(queue))) {
            throw new IOException(
                    "no such queue: " + queueArn + "; the queues here are " + arn("…"));
        }
        ObjectNode request =
                JSON.createObjectNode()
                        .put("QueueUrl", endpoint + "/" + account + "/" + queue)
                        .put("MessageBody", body);
        ObjectNode values = request.putObject("MessageAttributes");
        attributes.forEach((name, value) -> values.set(name, value.json()));
        call("SendMessage", request);
    }

    /** Creates a queue; one that is there already is left as it is. */
    public void create(String queue, Map<String, String> attributes)
            throws IOException, InterruptedException {
        ObjectNode list = JSON.createObjectNode().put("QueueNamePrefix", queue);
        for (JsonNode url : call("ListQueues", list).path("QueueUrls")) {
            if (url.asText().endsWith("/" + queue)) {
                return;
            }
        }
        ObjectNode request = JSON.createObjectNode().put("QueueName", queue);
        request.set("Attributes", JSON.valueToTree(attributes));
        call("CreateQueue", request);
    }

    private JsonNode call(String action, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AmazonSQS." + action)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(
                    "SQS refused %s with status %d: %s"
                            .formatted(
                                    action,
                                    response.statusCode(),
                                    new String(
                                            response.body(),
                                            java.nio.charset.StandardCharsets.UTF_8)));
        }
        return JSON.readTree(response.body());
    }
}
