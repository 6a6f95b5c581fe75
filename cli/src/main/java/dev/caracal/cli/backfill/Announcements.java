package dev.caracal.cli.backfill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.connectors.aws.AwsService;
import dev.caracal.connectors.aws.AwsSettings;
import dev.caracal.connectors.s3.S3ObjectListing.Listed;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The job's queue, on which objects are announced as S3 itself would.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">S3
 *     event message structure</a>
 */
final class Announcements implements AutoCloseable {

    /** SQS takes no more messages at once. */
    static final int BATCH = 10;

    private static final int ATTEMPTS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SdkHttpClient http;
    private final SqsClient sqs;
    private final String queueUrl;

    Announcements(AwsSettings aws, String queueUrl) {
        this.http = aws.httpClient();
        this.sqs = aws.configure(SqsClient.builder(), AwsService.SQS).httpClient(http).build();
        this.queueUrl = queueUrl;
    }

    /** About how many messages nobody has received yet. */
    long waiting() throws IOException {
        try {
            return Long.parseLong(
                    sqs.getQueueAttributes(
                                    request ->
                                            request.queueUrl(queueUrl)
                                                    .attributeNames(
                                                            QueueAttributeName
                                                                    .APPROXIMATE_NUMBER_OF_MESSAGES))
                            .attributes()
                            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
        } catch (SdkException e) {
            throw new IOException(refusal(e.getMessage()), e);
        }
    }

    /**
     * Announces objects, a message for each.
     *
     * @param objects at most {@link #BATCH}
     */
    void send(List<Listed> objects) throws IOException {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (Listed object : objects) {
            entries.add(
                    SendMessageBatchRequestEntry.builder()
                            .id(String.valueOf(entries.size()))
                            .messageBody(body(object))
                            .build());
        }
        for (int attempt = 1; !entries.isEmpty(); attempt++) {
            List<BatchResultErrorEntry> failed = attempt(entries);
            if (attempt == ATTEMPTS && !failed.isEmpty()) {
                throw new IOException(refusal(failed.get(0).message()));
            }
            Set<String> again = new HashSet<>();
            failed.forEach(entry -> again.add(entry.id()));
            entries.removeIf(entry -> !again.contains(entry.id()));
        }
    }

    private List<BatchResultErrorEntry> attempt(List<SendMessageBatchRequestEntry> entries)
            throws IOException {
        try {
            return sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                    .failed();
        } catch (SdkException e) {
            throw new IOException(refusal(e.getMessage()), e);
        }
    }

    private String refusal(@Nullable String reason) {
        return "the queue " + queueUrl + " refuses: " + reason;
    }

    private static String body(Listed object) {
        ObjectNode message = JSON.createObjectNode();
        ObjectNode record = message.putArray("Records").addObject();
        record.put("eventVersion", "2.1");
        record.put("eventSource", "aws:s3");
        record.put("eventTime", object.storedTime().toString());
        record.put("eventName", "ObjectCreated:Put");
        ObjectNode s3 = record.putObject("s3");
        s3.put("s3SchemaVersion", "1.0");
        s3.put("configurationId", "caracal-backfill");
        s3.putObject("bucket").put("name", object.ref().bucket());
        s3.putObject("object")
                .put("key", URLEncoder.encode(object.ref().key(), StandardCharsets.UTF_8))
                .put("size", object.ref().size())
                .put("eTag", object.ref().eTag());
        return message.toString();
    }

    @Override
    public void close() {
        sqs.close();
        http.close();
    }
}
