package dev.caracal.cli.samples;

import static dev.caracal.cli.samples.SampleAccount.BANK;
import static dev.caracal.cli.samples.SampleAccount.SHOP;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What alerts are raised for: something for each built-in rule, and beside it what is not enough
 * for an alert. All of a rule's matches lie within minutes, well inside its dedup period.
 */
final class Incidents {

    private static final Instant TIME = SampleTime.START.plusSeconds(1800);

    private final Dice dice = new Dice(7);
    private final CloudTrailSamples shopTrail = new CloudTrailSamples(SHOP.id(), dice);
    private final CloudTrailSamples bankTrail = new CloudTrailSamples(BANK.id(), dice);

    /** All of them, each in an object of its own. */
    static List<Sample> all() {
        Incidents incidents = new Incidents();
        return List.of(
                incidents.shopTakeover(),
                incidents.rootAtTheBank(),
                incidents.remoteAccess(),
                incidents.probesAndErrors(),
                incidents.bucketScan(),
                incidents.oktaAttack());
    }

    private Sample shopTakeover() {
        ObjectNode grant = shopTrail.change(TIME, "iam", "AttachUserPolicy", "chiara");
        grant.putObject("requestParameters")
                .put("userName", "intern")
                .put("policyArn", "arn:aws:iam::aws:policy/AdministratorAccess");
        ObjectNode stop =
                shopTrail.change(TIME.plusSeconds(40), "cloudtrail", "StopLogging", "chiara");
        stop.putObject("requestParameters").put("name", "main-trail");
        List<ObjectNode> records =
                List.of(
                        shopTrail.consoleLogin(TIME, "amara", true, true),
                        shopTrail.consoleLogin(TIME, "bjarne", false, false),
                        shopTrail.consoleLogin(TIME, "chiara", true, false),
                        grant,
                        stop,
                        shopTrail.byRoot(TIME.plusSeconds(50), "iam", "CreateAccessKey"),
                        shopTrail.byRoot(TIME.plusSeconds(55), "s3", "DeleteBucketPolicy"),
                        shopTrail.change(TIME.plusSeconds(58), "s3", "ListBuckets", "mallory"));
        return trail(
                SHOP,
                records,
                Map.of(
                        "AWS.CloudTrail.ConsoleLoginWithoutMFA", 1L,
                        "AWS.CloudTrail.AdminPolicyAttached", 1L,
                        "AWS.CloudTrail.TrailStopped", 1L,
                        "AWS.CloudTrail.RootActivity", 1L,
                        "Demo.WatchedPerson", 1L));
    }

    private Sample rootAtTheBank() {
        return trail(
                BANK,
                List.of(bankTrail.byRoot(TIME, "ec2", "AuthorizeSecurityGroupIngress")),
                Map.of("AWS.CloudTrail.RootActivity", 1L));
    }

    private Sample remoteAccess() {
        VpcFlowSamples flows = new VpcFlowSamples(BANK.id(), dice);
        String internet = "1.1.1.1";
        List<String> lines =
                List.of(
                        VpcFlowSamples.HEADER,
                        flows.flow(TIME, internet, "10.0.0.11", 50_000, 22, "ACCEPT"),
                        flows.flow(TIME, internet, "10.0.0.11", 50_001, 22, "ACCEPT"),
                        flows.flow(TIME, internet, "10.0.0.12", 50_002, 3389, "ACCEPT"),
                        flows.flow(TIME, internet, "10.0.0.13", 50_003, 22, "REJECT"),
                        flows.flow(TIME, "10.0.0.9", "10.0.0.13", 50_004, 22, "ACCEPT"));
        return new Sample.Stored(
                BANK,
                VpcFlowSamples.key(BANK.id(), TIME, "remote"),
                Packing.gzip(lines),
                Tally.ofEvents("AWS.VPCFlow", lines.size() - 1)
                        .plus(Tally.ofAlerts("AWS.VPCFlow.RemoteAccessFromInternet", 2)));
    }

    private Sample probesAndErrors() {
        AlbSamples balancer = new AlbSamples(SHOP.id(), dice);
        List<String> lines = new ArrayList<>();
        for (String client : List.of("198.51.100.23", "198.51.100.24")) {
            String agent = "curl/8.5.0";
            String page = "/static/../../etc/passwd";
            lines.add(balancer.request(TIME, client, "GET", page, 404, agent));
            lines.add(balancer.request(TIME, client, "GET", page + "?again", 404, agent));
        }
        for (int i = 0; i < 60; i++) {
            String client = dice.visitorAddress();
            Instant time = TIME.plusSeconds(i);
            lines.add(balancer.request(time, client, "POST", "/checkout", 502, "Mozilla/5.0"));
        }
        return new Sample.Stored(
                SHOP,
                AlbSamples.key(SHOP.id(), TIME, "attack"),
                Packing.gzip(lines),
                Tally.ofEvents("AWS.ALB", lines.size())
                        .plus(Tally.ofAlerts("AWS.ALB.PathTraversalProbe", 2))
                        .plus(Tally.ofAlerts("AWS.ALB.ServerErrorBurst", 1)));
    }

    private Sample bucketScan() {
        S3ServerAccessSamples access = new S3ServerAccessSamples(dice);
        List<String> lines =
                Stream.concat(
                                Stream.generate(() -> denied(access, "198.51.100.66")).limit(12),
                                Stream.generate(() -> denied(access, "198.51.100.67")).limit(5))
                        .toList();
        return new Sample.Stored(
                SHOP,
                S3ServerAccessSamples.key("access/", TIME, "5CA1AB1E5CA1AB1E"),
                Packing.plain(lines),
                Tally.ofEvents("AWS.S3ServerAccess", lines.size())
                        .plus(Tally.ofAlerts("AWS.S3ServerAccess.AnonymousAccessDenied", 1)));
    }

    private static String denied(S3ServerAccessSamples access, String address) {
        return access.request(
                TIME, address, "-", "REST.GET.OBJECT", "backup.zip", 403, "AccessDenied");
    }

    private Sample oktaAttack() {
        OktaSamples okta = new OktaSamples(dice);
        ObjectNode reset = okta.event(TIME, "user.mfa.factor.reset_all", "freya", "SUCCESS");
        reset.putArray("target")
                .addObject()
                .put("id", "00uemeka")
                .put("type", "User")
                .put("alternateId", "emeka@example.com");
        List<String> lines =
                Stream.of(
                                Stream.generate(() -> failedLogin(okta, "goran")).limit(7),
                                Stream.generate(() -> failedLogin(okta, "hina")).limit(3),
                                Stream.of(reset))
                        .flatMap(events -> events)
                        .map(ObjectNode::toString)
                        .toList();
        return new Sample.Stored(
                BANK,
                "okta/attack.json",
                Packing.plain(lines),
                Tally.ofEvents("Okta.SystemLog", lines.size())
                        .plus(Tally.ofAlerts("Okta.SystemLog.FailedLogins", 1))
                        .plus(Tally.ofAlerts("Okta.SystemLog.FactorReset", 1)));
    }

    private static ObjectNode failedLogin(OktaSamples okta, String person) {
        ObjectNode event = okta.event(TIME, "user.session.start", person, "FAILURE");
        event.withObject("/outcome").put("reason", "INVALID_CREDENTIALS");
        return event;
    }

    private static Sample trail(
            SampleAccount account, List<ObjectNode> records, Map<String, Long> alerts) {
        Tally expected = Tally.ofEvents("AWS.CloudTrail", records.size());
        for (Map.Entry<String, Long> alert : alerts.entrySet()) {
            expected = expected.plus(Tally.ofAlerts(alert.getKey(), alert.getValue()));
        }
        return new Sample.Stored(
                account,
                CloudTrailSamples.key(account.id(), TIME, "incident"),
                Packing.gzip(CloudTrailSamples.file(records)),
                expected);
    }
}
