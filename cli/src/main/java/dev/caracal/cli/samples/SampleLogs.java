package dev.caracal.cli.samples;

import static dev.caracal.cli.samples.SampleAccount.BANK;
import static dev.caracal.cli.samples.SampleAccount.SEALED;
import static dev.caracal.cli.samples.SampleAccount.SECURITY;
import static dev.caracal.cli.samples.SampleAccount.SHOP;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The sample set: logs of four accounts and five log types, plain and compressed, some of them
 * broken. The same on every run.
 *
 * <p>What must come out is counted while the logs are written, not by parsing them.
 */
public final class SampleLogs {

    private static final String FAILED = "parse/classification-failure";
    private static final int OBJECTS = 5;

    private final List<Sample> samples = new ArrayList<>();
    private final Dice dice = new Dice(20260302);
    private final CloudTrailSamples shopTrail = new CloudTrailSamples(SHOP.id(), dice);
    private final CloudTrailSamples bankTrail = new CloudTrailSamples(BANK.id(), dice);
    private final CloudTrailSamples securityTrail = new CloudTrailSamples(SECURITY.id(), dice);
    private final VpcFlowSamples flows = new VpcFlowSamples(BANK.id(), dice);
    private final AlbSamples balancer = new AlbSamples(SHOP.id(), dice);
    private final S3ServerAccessSamples access = new S3ServerAccessSamples(dice);
    private final OktaSamples okta = new OktaSamples(dice);

    private SampleLogs() {}

    /** The whole set, in the order in which it is to happen. */
    public static List<Sample> all() {
        SampleLogs logs = new SampleLogs();
        for (int i = 0; i < OBJECTS; i++) {
            logs.everyday(SampleTime.START.plusSeconds(300L * i));
        }
        logs.samples.addAll(Incidents.all());
        logs.oddities(SampleTime.START.plusSeconds(3600));
        return List.copyOf(logs.samples);
    }

    /** What must come out of samples. */
    public static Tally expected(List<Sample> samples) {
        return samples.stream().map(Sample::expected).reduce(Tally.NOTHING, Tally::plus);
    }

    /** A CloudTrail file with what one person of the shop did, to try things with. */
    public static byte[] trailOf(String person) {
        CloudTrailSamples trail = new CloudTrailSamples(SHOP.id(), new Dice(person.hashCode()));
        Instant time = SampleTime.START.plusSeconds(7200);
        return CloudTrailSamples.file(
                List.of(
                        trail.change(time, "s3", "PutBucketPolicy", person),
                        trail.change(time.plusSeconds(1), "iam", "CreateUser", person)));
    }

    private void everyday(Instant time) {
        trail(SHOP, shopTrail, time, 120);
        trail(BANK, bankTrail, time, 60);
        trail(SECURITY, securityTrail, time, 20);
        store(
                BANK,
                VpcFlowSamples.key(BANK.id(), time, dice.hex(8)),
                Packing.gzip(flowFile(lines(time, 200, flows::everyday))),
                Tally.ofEvents("AWS.VPCFlow", 200));
        store(
                SHOP,
                AlbSamples.key(SHOP.id(), time, dice.hex(8)),
                Packing.gzip(lines(time, 120, balancer::everyday)),
                Tally.ofEvents("AWS.ALB", 120));
        store(
                SHOP,
                S3ServerAccessSamples.key("access/", time, dice.hex(16)),
                Packing.plain(lines(time, 80, access::everyday)),
                Tally.ofEvents("AWS.S3ServerAccess", 80));
        List<String> oktaLines = lines(time, 60, okta::everyday);
        boolean zstd = time.getEpochSecond() / 300 % 2 == 0;
        store(
                BANK,
                // A key as careless exports write them: S3 announces "okta+log+10%2B00" for it.
                "okta/system log " + SampleTime.FILE_MINUTE.format(time) + "+00.json",
                zstd ? Packing.zstd(oktaLines) : Packing.plain(oktaLines),
                Tally.ofEvents("Okta.SystemLog", 60));
    }

    private void trail(SampleAccount account, CloudTrailSamples trail, Instant time, int records) {
        store(
                account,
                CloudTrailSamples.key(account.id(), time, dice.letters(16, "ABCDEFabcdef012345")),
                Packing.gzip(
                        CloudTrailSamples.file(
                                IntStream.range(0, records)
                                        .mapToObj(i -> trail.everyday(time.plusSeconds(i)))
                                        .toList())),
                Tally.ofEvents("AWS.CloudTrail", records));
    }

    private void oddities(Instant time) {
        byte[] broken =
                Packing.firstHalf(Packing.gzip(flowFile(lines(time, 400, flows::everyday))));
        store(
                BANK,
                VpcFlowSamples.key(BANK.id(), time, "truncated"),
                broken,
                Tally.ofEvents("AWS.VPCFlow", Packing.wholeLines(broken) - 1)
                        .plus(Tally.ofDeadLetters("read/truncated", 1)));

        List<String> withGarbage = new ArrayList<>(lines(time, 50, balancer::everyday));
        withGarbage.add(20, "this line is not of a load balancer");
        store(
                SHOP,
                AlbSamples.key(SHOP.id(), time, "garbage"),
                Packing.gzip(withGarbage),
                Tally.ofEvents("AWS.ALB", 50).plus(Tally.ofDeadLetters(FAILED, 1)));

        store(
                SHOP,
                S3ServerAccessSamples.key("access/", time, "of-okta-by-mistake"),
                Packing.plain(lines(time, 10, okta::everyday)),
                Tally.ofDeadLetters(FAILED, 10));

        store(SHOP, "AWSLogs/", new byte[0], Tally.NOTHING);
        store(
                SHOP,
                "backup/notes.txt",
                Packing.plain(List.of("no log source has this prefix")),
                Tally.ofDeadLetters("notification/no-log-source", 1));
        store(
                SEALED,
                CloudTrailSamples.key(SEALED.id(), time, "sealed"),
                Packing.gzip(
                        CloudTrailSamples.file(
                                List.of(new CloudTrailSamples(SEALED.id(), dice).everyday(time)))),
                Tally.ofDeadLetters("read/access-denied", 1));

        samples.add(
                new Sample.Announced(
                        BANK,
                        VpcFlowSamples.key(BANK.id(), time, "never-stored"),
                        Tally.ofDeadLetters("read/not-found", 1)));
        samples.stream()
                .filter(Sample.Stored.class::isInstance)
                .map(Sample.Stored.class::cast)
                .findFirst()
                .map(first -> new Sample.Announced(first.account(), first.key(), Tally.NOTHING))
                .ifPresent(samples::add);
        samples.add(
                new Sample.Published(
                        SHOP,
                        "somebody wrote this by hand",
                        Tally.ofDeadLetters("notification/not-json", 1)));
    }

    private void store(SampleAccount account, String key, byte[] content, Tally expected) {
        samples.add(new Sample.Stored(account, key, content, expected));
    }

    private static List<String> lines(Instant from, int count, Function<Instant, String> line) {
        return IntStream.range(0, count).mapToObj(i -> line.apply(from.plusSeconds(i))).toList();
    }

    private static List<String> flowFile(List<String> flows) {
        List<String> file = new ArrayList<>(List.of(VpcFlowSamples.HEADER));
        file.addAll(flows);
        return file;
    }
}
