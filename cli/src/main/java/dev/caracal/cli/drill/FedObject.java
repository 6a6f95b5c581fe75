package dev.caracal.cli.drill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/**
 * An object that was put into the bucket, and what has come of it. Its first record is a marker.
 */
final class FedObject {

    private static final String FOLDER = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/02/";
    private static final String SUFFIX = ".json.gz";

    private final String id;
    private final int[] events;
    private final int[] rows;
    private final boolean poison;
    private int deadLetters;
    private int alerts;
    private int published;

    private FedObject(String id, int records, boolean poison) {
        this.id = id;
        this.events = new int[records];
        this.rows = new int[records];
        this.poison = poison;
    }

    /**
     * @param id tells it from all others
     */
    static FedObject of(String id, int records) {
        return new FedObject(id, records, false);
    }

    /** One that cannot be read. It counts as one record. */
    static FedObject poison(String id) {
        return new FedObject(id, 1, true);
    }

    String id() {
        return id;
    }

    String key() {
        return FOLDER + id + SUFFIX;
    }

    /** The id of the object that a dead letter names. */
    static String idOf(String object) {
        int suffix = object.indexOf(SUFFIX);
        return suffix < 0 ? "" : object.substring(object.lastIndexOf('/') + 1, suffix);
    }

    /** The object's content: a CloudTrail file. */
    byte[] content() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write("{\"Records\":[".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < events.length; i++) {
                String name = i == 0 ? DrillRules.MARKER : "DescribeInstances";
                String record = (i == 0 ? "" : ",") + record(id + '-' + i, name);
                out.write(record.getBytes(StandardCharsets.UTF_8));
            }
            out.write("]}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String record(String eventId, String eventName) {
        return """
               {"eventVersion":"1.11","userIdentity":{"type":"IAMUser","accountId":"111122223333",\
               "arn":"arn:aws:iam::111122223333:user/amara","userName":"amara"},\
               "eventTime":"2026-03-02T10:00:00Z","eventSource":"ec2.amazonaws.com",\
               "eventName":"%s","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.7",\
               "userAgent":"aws-cli/2.31.0","requestParameters":null,"responseElements":null,\
               "eventID":"%s","eventType":"AwsApiCall","recipientAccountId":"111122223333"}"""
                .formatted(eventName, eventId);
    }

    void addEvent(int index) {
        events[index]++;
    }

    void addRow(int index) {
        rows[index]++;
    }

    void forgetRows() {
        Arrays.fill(rows, 0);
    }

    void addDeadLetter() {
        deadLetters++;
    }

    void addAlert() {
        alerts++;
    }

    void addPublished() {
        published++;
    }

    /** Whether all that must come of it has come. */
    boolean isComplete() {
        Count count = count();
        return count.lost() == 0
                && count.missingInLake() == 0
                && count.alertsStored() >= count.alertsExpected()
                && count.alertsPublished() >= count.alertsExpected();
    }

    /** A dead letter stands for the records of the object that did not come out as events. */
    Count count() {
        int seen = distinct(events);
        int inLake = distinct(rows);
        int doubled = sum(events) - seen;
        int lettered = deadLetters == 0 ? 0 : events.length - seen;
        if (poison) {
            doubled += Math.max(deadLetters - 1, 0);
        }
        int expected = !poison && (events[0] > 0 || deadLetters == 0) ? 1 : 0;
        return new Count(
                events.length,
                seen,
                doubled,
                inLake,
                sum(rows) - inLake,
                lettered,
                expected,
                Math.min(alerts, 1),
                Math.max(alerts - 1, 0),
                Math.min(published, 1));
    }

    private static int distinct(int[] times) {
        return (int) Arrays.stream(times).filter(count -> count > 0).count();
    }

    private static int sum(int[] times) {
        return Arrays.stream(times).sum();
    }
}
