package dev.caracal.cli.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * CloudTrail files of the shop with what happens every day, quickly made: their records are drawn
 * from some thousand that are alike in nothing but their form, and no two have the same id.
 */
public final class EverydayTrail {

    private static final int DRAWN = 2_000;
    private static final int SECONDS = 600;

    /** Stands in a record where each gets an id of its own. */
    private static final String EVENT_ID = "EVENT-ID";

    private final List<String[]> records = new ArrayList<>();
    private long made;

    /** An object of the shop's bucket, gzip. */
    public record TrailObject(String key, byte[] content, long plainBytes) {}

    /**
     * @param end of the ten minutes in which all of it happens
     */
    public EverydayTrail(Instant end) {
        Dice dice = new Dice(end.getEpochSecond());
        CloudTrailSamples shop = new CloudTrailSamples(SampleAccount.SHOP.id(), dice);
        for (int i = 0; i < DRAWN; i++) {
            ObjectNode record = shop.everyday(end.minusSeconds(dice.number(0, SECONDS)));
            record.put("eventID", EVENT_ID);
            records.add(record.toString().split(EVENT_ID, 2));
        }
    }

    /**
     * The next object.
     *
     * @param prefix the key begins with it
     * @param count of its records
     */
    public TrailObject next(String prefix, int count) {
        String key =
                prefix
                        + CloudTrailSamples.key(
                                SampleAccount.SHOP.id(), SampleTime.START, "load" + made);
        StringBuilder file = new StringBuilder("{\"Records\":[");
        for (int i = 0; i < count; i++) {
            String[] record = records.get((int) (made % records.size()));
            file.append(i == 0 ? "" : ",").append(record[0]).append(new UUID(0, made++));
            file.append(record[1]);
        }
        byte[] plain = file.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        return new TrailObject(key, Packing.gzip(plain), plain.length);
    }
}
