package dev.caracal.cli.drill;

import dev.caracal.cli.demo.ControlFiles;
import dev.caracal.cli.demo.DemoAccounts;
import dev.caracal.cli.demo.DemoFolder;
import dev.caracal.cli.demo.LocalAwsProcess;
import dev.caracal.cli.demo.LogDelivery;
import dev.caracal.cli.flink.FlinkProcesses;
import dev.caracal.cli.samples.SampleAccount;
import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.lake.LakeOptions;
import dev.caracal.connectors.sns.SnsOptions;
import dev.caracal.connectors.sqs.SqsSourceOptions;
import dev.caracal.job.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the drill takes place: local AWS, a Flink cluster with the job, and the feed. */
final class DrillSite implements AutoCloseable {

    /** How long a message stays hidden: the shortest that the job takes by itself. */
    static final Duration VISIBILITY = Duration.ofSeconds(30);

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(3);

    /** Under load: what is remembered of objects is as much after minutes as later after days. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    /** So short that files of the lake are merged while it is counted. */
    private static final Duration UPKEEP_INTERVAL = Duration.ofMinutes(2);

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final DemoFolder folder;
    private final Purpose purpose;
    private final Ledger ledger = new Ledger();
    private final DrillRules rules;
    private final CheckpointDisk disk;
    private final LocalAwsFaults awsFaults;
    private final DrillOutput output;
    private final DrillLake lake;
    private final LogDelivery delivery;
    private final Feed feed;
    private final DrillCluster cluster;

    /** What the site is for. */
    enum Purpose {
        /** Many short lives of processes: they compile quickly, and every output is counted. */
        FAULTS,
        /**
         * As the job runs for days: compiled well, with all rules, its events in the lake alone.
         */
        LOAD
    }

    /** Asked again and again until it holds. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Starts all of it, and waits until notifications flow.
     *
     * @param folder for its data; what is there is removed
     * @param home the project's folder
     */
    DrillSite(DemoFolder folder, Path home, Purpose purpose) throws Exception {
        this.folder = folder;
        this.purpose = purpose;
        CheckpointDisk.release(folder.checkpoints());
        folder.empty();
        folder.create();
        rules = new DrillRules(folder.control());
        new ControlFiles(folder.control()).createSources();
        rules.writeCounted();
        Path accounts = folder.root().resolve("accounts.json");
        DemoAccounts.write(accounts);
        try {
            disk = opened(new CheckpointDisk(folder.checkpoints()));
            LocalAwsProcess aws =
                    opened(
                            LocalAwsProcess.start(
                                    home.resolve("local-aws"),
                                    accounts,
                                    folder.aws(),
                                    folder.logs().resolve("local-aws.log")));
            awsFaults = new LocalAwsFaults(aws.endpoints().admin());
            AwsClients own = opened(DemoAccounts.clients(SampleAccount.SECURITY, aws.endpoints()));
            output = new DrillOutput(own.s3(), own.sqs(), ledger);
            lake = opened(new DrillLake(folder.lake(), ledger));
            delivery = opened(new LogDelivery(aws.endpoints()));
            feed = opened(new Feed(delivery, ledger));
            writeOptions(aws.endpoints());
            cluster =
                    opened(
                            new DrillCluster(
                                    FlinkProcesses.start(
                                            home.resolve("flink-conf"),
                                            folder.root().resolve("cluster"),
                                            DrillCluster.TASK_MANAGERS,
                                            clusterOptions()),
                                    home,
                                    folder.options(),
                                    folder.checkpoints()));
            cluster.submit("");
            if (!await(START_LIMIT, delivery::isSubscribed)) {
                throw new IOException("the job does not confirm the topics' subscriptions");
            }
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /**
     * Those of {@code config.yaml}, but for places and sizes; for faults checkpoints come sooner.
     */
    private Map<String, String> clusterOptions() throws IOException {
        Path scratch = Files.createDirectories(folder.root().resolve("scratch"));
        Map<String, String> options = new TreeMap<>();
        options.put("taskmanager.numberOfTaskSlots", "1");
        options.put("taskmanager.memory.process.size", "2g");
        options.put("jobmanager.memory.process.size", "1g");
        if (purpose == Purpose.FAULTS) {
            options.put("env.java.opts.jobmanager", "-XX:TieredStopAtLevel=1");
            options.put("env.java.opts.taskmanager", "-XX:TieredStopAtLevel=1");
            options.put("execution.checkpointing.interval", CHECKPOINT_INTERVAL.toSeconds() + "s");
        }
        options.put("io.tmp.dirs", scratch.toString());
        options.put("execution.checkpointing.dir", folder.checkpoints().toUri().toString());
        return options;
    }

    private void writeOptions(LocalAwsProcess.Endpoints endpoints) throws IOException {
        Map<String, String> options =
                new TreeMap<>(DemoAccounts.options(SampleAccount.SECURITY, endpoints));
        options.put(SqsSourceOptions.QUEUE_URL.key(), output.queueUrl(DemoAccounts.QUEUE));
        options.put(SqsSourceOptions.VISIBILITY_TIMEOUT.key(), VISIBILITY.toSeconds() + "s");
        options.put(JobOptions.CONTROL_LOCATION.key(), folder.control().toString());
        options.put(JobOptions.RULE_CACHE_DIRECTORY.key(), folder.ruleCache().toString());
        options.put(JobOptions.OUTPUT_LOCATION.key(), "s3://" + DemoAccounts.OUTPUT_BUCKET);
        options.put(JobOptions.EVENT_FILES.key(), String.valueOf(purpose == Purpose.FAULTS));
        options.put(LakeOptions.WAREHOUSE.key(), folder.lake().toString());
        options.put(LakeOptions.UPKEEP_INTERVAL.key(), UPKEEP_INTERVAL.toMinutes() + "min");
        options.put(JobOptions.BUILTIN_RULES.key(), String.valueOf(purpose == Purpose.LOAD));
        if (purpose == Purpose.LOAD) {
            options.put(JobOptions.OBJECT_TIME_TO_LIVE.key(), REMEMBERED.toMinutes() + "min");
        }
        options.put(SnsOptions.TOPIC_ARN.key(), DemoAccounts.alertTopicArn());
        StringBuilder yaml = new StringBuilder();
        options.forEach((key, value) -> yaml.append(key).append(": '").append(value).append("'\n"));
        Files.writeString(folder.options(), yaml);
    }

    DemoFolder folder() {
        return folder;
    }

    DrillRules rules() {
        return rules;
    }

    CheckpointDisk disk() {
        return disk;
    }

    LocalAwsFaults awsFaults() {
        return awsFaults;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Takes what has come out since the last call. */
    void readOutput() throws IOException {
        output.readNew();
        lake.readNew();
    }

    /** Takes what has come out, and all of the lake once more: it must not have lost anything. */
    void readAllOutput() throws IOException {
        output.readNew();
        lake.readAll();
    }

    int notificationsLeft() {
        return output.notificationsLeft();
    }

    LogDelivery delivery() {
        return delivery;
    }

    DrillLake lake() {
        return lake;
    }

    Feed feed() {
        return feed;
    }

    DrillCluster cluster() {
        return cluster;
    }

    /** Waits until what was put before the call has come out. */
    void awaitOutput(String fault) throws IOException, InterruptedException {
        List<FedObject> before = ledger.objects(fault);
        if (!await(START_LIMIT, () -> outputHas(before))) {
            throw new IOException(
                    "nothing comes out of the job after "
                            + START_LIMIT.toSeconds()
                            + " s: it is "
                            + cluster.state());
        }
    }

    boolean outputHas(List<FedObject> objects) throws IOException, InterruptedException {
        readOutput();
        return ledger.isComplete(objects) && cluster.isRunning();
    }

    /**
     * Waits, and starts TaskManagers for those that are gone meanwhile.
     *
     * @return whether the condition came to hold within the limit
     */
    boolean await(Duration limit, Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            cluster.revive();
            Drill.pause();
        }
        return true;
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
