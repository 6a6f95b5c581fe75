package dev.caracal.cli.samples;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Lines of AWS.ALB. */
final class AlbSamples {

    private static final List<String> PAGES = List.of("/", "/cart", "/catalog?page=2", "/health");
    private static final DateTimeFormatter TIME =
            SampleTime.format("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final String TARGET_GROUP =
            "arn:aws:elasticloadbalancing:us-east-1:%s:targetgroup/shop/6d0ecf831eec9f09";

    private final String accountId;
    private final Dice dice;

    AlbSamples(String accountId, Dice dice) {
        this.accountId = accountId;
        this.dice = dice;
    }

    static String key(String accountId, Instant time, String suffix) {
        return "AWSLogs/%s/elasticloadbalancing/us-east-1/%s/%s_elasticloadbalancing_us-east-1_app.shop.50dc6c495c0c9188_%s_192.0.2.10_%s.log.gz"
                .formatted(
                        accountId,
                        SampleTime.DAY_FOLDER.format(time),
                        accountId,
                        SampleTime.FILE_MINUTE.format(time),
                        suffix);
    }

    String everyday(Instant time) {
        return request(time, dice.visitorAddress(), "GET", dice.pick(PAGES), 200, "Mozilla/5.0");
    }

    String request(
            Instant time, String client, String method, String page, int status, String agent) {
        String begun = TIME.format(time);
        return ("https %s app/shop/50dc6c495c0c9188 %s:%d 10.0.1.%d:8080 0.001 0.0%d 0.000 %d %d %d %d"
                        + " \"%s https://shop.example.com:443%s HTTP/2.0\" \"%s\""
                        + " ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 %s \"Root=1-%s-%s\""
                        + " \"shop.example.com\" \"arn:aws:acm:us-east-1:%s:certificate/%s\" 1 %s"
                        + " \"forward\" \"-\" \"-\" \"10.0.1.9:8080\" \"%d\" \"-\" \"-\"")
                .formatted(
                        begun,
                        client,
                        dice.number(1024, 65000),
                        dice.number(4, 20),
                        dice.number(10, 99),
                        status,
                        status,
                        dice.number(100, 900),
                        dice.number(200, 90_000),
                        method,
                        page,
                        agent,
                        TARGET_GROUP.formatted(accountId),
                        dice.hex(8),
                        dice.hex(24),
                        accountId,
                        dice.uuid(),
                        begun,
                        status);
    }
}
