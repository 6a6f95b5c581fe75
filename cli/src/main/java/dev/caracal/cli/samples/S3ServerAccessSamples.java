package dev.caracal.cli.samples;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Lines of AWS.S3ServerAccess. */
final class S3ServerAccessSamples {

    private static final DateTimeFormatter TIME = SampleTime.format("dd/MMM/yyyy:HH:mm:ss +0000");
    private static final DateTimeFormatter FILE_TIME = SampleTime.format("yyyy-MM-dd-HH-mm-ss");
    private static final String OWNER =
            "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
    private static final List<String> FILES =
            List.of("reports/january.pdf", "images/lynx.jpg", "exports/orders.csv");

    private final Dice dice;

    S3ServerAccessSamples(Dice dice) {
        this.dice = dice;
    }

    static String key(String prefix, Instant time, String suffix) {
        return prefix + FILE_TIME.format(time) + '-' + suffix;
    }

    String everyday(Instant time) {
        return request(
                time,
                dice.privateAddress(),
                "arn:aws:sts::111122223333:assumed-role/Reader/amara",
                "REST.GET.OBJECT",
                dice.pick(FILES),
                200,
                "-");
    }

    String request(
            Instant time,
            String address,
            String requester,
            String operation,
            String file,
            int status,
            String errorCode) {
        return ("%s shop-data [%s] %s %s %s %s %s \"GET /shop-data/%s HTTP/1.1\" %d %s %d %d %d %d"
                        + " \"-\" \"aws-sdk-java/2.40.2\" - %s= SigV4 TLS_AES_128_GCM_SHA256"
                        + " AuthHeader shop-data.s3.us-east-1.amazonaws.com TLSv1.3 - -")
                .formatted(
                        OWNER,
                        TIME.format(time),
                        address,
                        requester,
                        dice.letters(16, "0123456789ABCDEF"),
                        operation,
                        file,
                        file,
                        status,
                        errorCode,
                        dice.number(100, 90_000),
                        dice.number(90_000, 99_000),
                        dice.number(5, 90),
                        dice.number(1, 4),
                        dice.letters(43, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"));
    }
}
