package dev.caracal.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.cli.demo.DemoAccounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Reads what the job has written and published, each file and message once, into the ledger. */
final class DrillOutput {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".jsonl.gz";
    private static final int BATCH = 10;

    private final S3Client s3;
    private final SqsClient sqs;
    private final Ledger ledger;
    private final Set<String> read = new HashSet<>();

    DrillOutput(S3Client s3, SqsClient sqs, Ledger ledger) {
        this.s3 = s3;
        this.sqs = sqs;
        this.ledger = ledger;
    }

    void readNew() throws IOException {
        List<String> keys =
                s3
                        .listObjectsV2Paginator(
                                request -> request.bucket(DemoAccounts.OUTPUT_BUCKET))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        // While local AWS stores an object, it lists it under a temporary name too.
                        .filter(key -> key.endsWith(SUFFIX))
                        .toList();
        for (String key : keys) {
            if (read.add(key)) {
                read(key);
            }
        }
        receive();
    }

    private void read(String key) throws IOException {
        String kind = key.substring(0, key.indexOf('/'));
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(
                                        s3.getObject(
                                                request ->
                                                        request.bucket(DemoAccounts.OUTPUT_BUCKET)
                                                                .key(key))),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(kind, JSON.readTree(line));
            }
        }
    }

    private void take(String kind, JsonNode line) {
        switch (kind) {
            case "events" -> ledger.event(line.path("eventID").asText());
            case "dead-letters" ->
                    ledger.deadLetter(
                            line.path("object").asText(),
                            line.path("stage").asText() + '/' + line.path("reason").asText());
            case "alerts" -> {
                if (isCounted(line)) {
                    ledger.alert(line.path("dedup").asText(), FedObject::addAlert);
                }
            }
            case "rule-errors" -> ledger.report("rule error");
            default -> {}
        }
    }

    private void receive() throws IOException {
        String queue = queueUrl(DemoAccounts.ALERT_QUEUE);
        while (true) {
            List<Message> messages =
                    sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(BATCH))
                            .messages();
            if (messages.isEmpty()) {
                return;
            }
            for (Message message : messages) {
                JsonNode alert =
                        JSON.readTree(JSON.readTree(message.body()).path("Message").asText());
                if (isCounted(alert)) {
                    ledger.alert(alert.path("dedup").asText(), FedObject::addPublished);
                }
                sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        }
    }

    private static boolean isCounted(JsonNode alert) {
        return alert.path("ruleId").asText().equals(DrillRules.COUNTED)
                && alert.path("type").asText().equals("RULE");
    }

    /** Notifications that the job has not yet deleted. */
    int notificationsLeft() {
        var attributes =
                sqs.getQueueAttributes(
                                request ->
                                        request.queueUrl(queueUrl(DemoAccounts.QUEUE))
                                                .attributeNames(
                                                        QueueAttributeName
                                                                .APPROXIMATE_NUMBER_OF_MESSAGES,
                                                        QueueAttributeName
                                                                .APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                        .attributes();
        return attributes.values().stream().mapToInt(Integer::parseInt).sum();
    }

    String queueUrl(String name) {
        return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }
}
