package dev.caracal.cli.managed;

import dev.caracal.cli.Console;
import dev.caracal.cli.JobJar;
import dev.caracal.cli.JobOptionsFile;
import dev.caracal.cli.WrongUsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what is to be deployed on Managed Flink: the job's jar, and a template. */
@Command(
        name = "package",
        description = {
            "Write what Amazon Managed Service for Apache Flink needs: the job's jar, and the"
                    + " CloudFormation of an application that runs it, with role, log and alarms.",
            "The job's options become properties of the application."
        },
        footer = {
            "",
            "Example: caracal package --config caracal.yaml --allow"
                    + " arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
                    + " --alarm-topic arn:aws:sns:us-east-1:123456789012:operators"
        })
public final class PackageCommand implements Callable<Integer> {

    /** The service takes no more code than this. */
    private static final long LARGEST_JAR = 512L << 20;

    private static final String TEMPLATE = "caracal-managed-flink.yml";
    private static final int DIGEST_CHARACTERS = 12;

    private final Console console;
    private final Path home;

    @Mixin private JobOptionsFile config = new JobOptionsFile();

    @Option(
            names = "--output",
            defaultValue = "caracal-package",
            paramLabel = "DIR",
            description = "Where jar and template are put (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("");

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The job's jar (default: the one that is built here).")
    private @Nullable Path jar;

    @Option(
            names = "--allow",
            paramLabel = "ARN",
            description =
                    "What the job may use beyond what its options name: KMS keys of encrypted queues"
                            + " and buckets; topics, queues and secrets of destinations. May be"
                            + " repeated.")
    private List<String> allowed = List.of();

    @Option(
            names = "--source-account",
            paramLabel = "ID",
            description =
                    "An account of log sources, whose topics' subscriptions the job may confirm."
                            + " May be repeated.")
    private List<String> sourceAccounts = List.of();

    @Option(
            names = "--alarm-topic",
            paramLabel = "ARN",
            description = "The SNS topic that alarms are sent to (default: none).")
    private @Nullable String alarmTopic;

    /**
     * @param home the project's folder
     */
    public PackageCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        checkAccounts();
        ManagedOptions options = new ManagedOptions(config.read());
        GrantedArns granted = new GrantedArns(allowed);
        if (alarmTopic != null && !GrantedArns.isTopic(alarmTopic)) {
            throw new WrongUsageException(
                    "--alarm-topic is \"" + alarmTopic + "\", expected the ARN of an SNS topic");
        }
        Path built = JobJar.find(jar, home);
        long size = Files.size(built);
        checkSize(built, size);
        String name = "caracal-job-" + digest(built) + ".jar";
        String template =
                new ManagedFlinkStack(
                                options,
                                new ManagedRole(options, granted, sourceAccounts),
                                new ManagedAlarms(alarmTopic),
                                name)
                        .cloudFormation()
                        .yaml();
        Files.createDirectories(output);
        Path copy = output.resolve(name);
        Files.copy(built, copy, StandardCopyOption.REPLACE_EXISTING);
        Path stack = Files.writeString(output.resolve(TEMPLATE), template);
        console.out()
                .printf(
                        Locale.ROOT,
                        """
                        Jar:       %s, %,d MB (the service takes 537)
                        Template:  %s

                        Deploy them:
                            aws s3 cp %s s3://CODE-BUCKET/
                            aws cloudformation deploy --stack-name caracal --template-file %s --capabilities CAPABILITY_IAM --parameter-overrides CodeBucket=CODE-BUCKET CodeKey=%s
                            aws kinesisanalyticsv2 start-application --application-name caracal
                        """,
                        copy,
                        Math.round(size / 1e6),
                        stack,
                        copy,
                        stack,
                        name);
        return 0;
    }

    private void checkAccounts() {
        for (String account : sourceAccounts) {
            if (!account.matches("[0-9]{12}")) {
                throw new WrongUsageException(
                        "--source-account is \"" + account + "\", expected 12 digits");
            }
        }
    }

    private static void checkSize(Path jar, long size) throws IOException {
        if (size > LARGEST_JAR) {
            throw new IOException(
                    jar
                            + " has "
                            + size
                            + " bytes, but Managed Flink takes no more than "
                            + LARGEST_JAR);
        }
    }

    /** A new jar has a new name: else the service would not see that it has changed. */
    private static String digest(Path file) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(sha256.digest()).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
