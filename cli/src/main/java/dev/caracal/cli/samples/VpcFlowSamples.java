package dev.caracal.cli.samples;

import java.time.Instant;
import java.util.List;

/** Lines of AWS.VPCFlow in the default format. */
final class VpcFlowSamples {

    static final String HEADER =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes"
                    + " start end action log-status";

    private static final int TCP = 6;

    private final String accountId;
    private final Dice dice;

    VpcFlowSamples(String accountId, Dice dice) {
        this.accountId = accountId;
        this.dice = dice;
    }

    static String key(String accountId, Instant time, String suffix) {
        return "AWSLogs/%s/vpcflowlogs/us-east-1/%s/%s_vpcflowlogs_us-east-1_fl-0a1b2c3d4e5f_%s_%s.log.gz"
                .formatted(
                        accountId,
                        SampleTime.DAY_FOLDER.format(time),
                        accountId,
                        SampleTime.FILE_MINUTE.format(time),
                        suffix);
    }

    /** A web request or its answer within the network. */
    String everyday(Instant time) {
        return flow(
                time,
                dice.privateAddress(),
                dice.privateAddress(),
                dice.number(32768, 60999),
                dice.pick(List.of(443, 8080, 5432)),
                "ACCEPT");
    }

    String flow(
            Instant time,
            String source,
            String destination,
            int sourcePort,
            int destinationPort,
            String action) {
        int packets = dice.number(2, 40);
        return "2 %s eni-%s %s %s %d %d %d %d %d %d %d %s OK"
                .formatted(
                        accountId,
                        "0f" + dice.hex(15),
                        source,
                        destination,
                        sourcePort,
                        destinationPort,
                        TCP,
                        packets,
                        packets * dice.number(60, 1400),
                        time.getEpochSecond(),
                        time.getEpochSecond() + 59,
                        action);
    }
}
