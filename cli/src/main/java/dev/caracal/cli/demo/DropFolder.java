package dev.caracal.cli.demo;

import dev.caracal.cli.samples.SampleAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts files that are copied into a folder into a bucket, as the account whose bucket it is. There
 * is a sub-folder for each log type; a file is taken when it has stopped growing, and then removed.
 */
final class DropFolder {

    private static final Map<String, Target> TARGETS =
            Map.of(
                    "AWS.CloudTrail", new Target(SampleAccount.SHOP, "AWSLogs/%s/CloudTrail/"),
                    "AWS.ALB", new Target(SampleAccount.SHOP, "AWSLogs/%s/elasticloadbalancing/"),
                    "AWS.S3ServerAccess", new Target(SampleAccount.SHOP, "access/"),
                    "AWS.VPCFlow", new Target(SampleAccount.BANK, "AWSLogs/%s/vpcflowlogs/"),
                    "Okta.SystemLog", new Target(SampleAccount.BANK, "okta/"));

    private final Path folder;
    private final LogDelivery delivery;
    private Map<Path, State> seen = Map.of();

    private record Target(SampleAccount account, String prefix) {
        /** A key of its own each time, so that a file that is copied again is a new object. */
        String key(Path file) {
            return prefix.formatted(account.id()) + Instant.now() + '-' + file.getFileName();
        }
    }

    private record State(long size, FileTime time) {}

    DropFolder(Path folder, LogDelivery delivery) throws IOException {
        this.folder = folder;
        this.delivery = delivery;
        for (String logType : TARGETS.keySet()) {
            Files.createDirectories(folder.resolve(logType));
        }
    }

    /**
     * Delivers the files that are as they were at the call before.
     *
     * @return what was put where, in words
     */
    List<String> deliver() throws IOException {
        Map<Path, State> now = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                now.put(file, new State(Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        List<Path> settled =
                now.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(seen.get(entry.getKey())))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        seen = now;
        return settled.stream().map(this::deliver).toList();
    }

    private String deliver(Path file) {
        Target target = TARGETS.get(folder.relativize(file).getName(0).toString());
        if (target == null) {
            return file + " is not in one of the folders " + TARGETS.keySet();
        }
        try {
            String key = target.key(file);
            delivery.store(target.account(), key, Files.readAllBytes(file));
            Files.delete(file);
            return "account "
                    + target.account().id()
                    + " stored s3://"
                    + target.account().bucket()
                    + '/'
                    + key;
        } catch (IOException e) {
            return file + " cannot be read: " + e.getMessage();
        }
    }
}
