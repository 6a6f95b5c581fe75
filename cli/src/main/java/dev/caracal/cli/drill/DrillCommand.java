package dev.caracal.cli.drill;

import dev.caracal.cli.Console;
import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.demo.DemoFolder;
import dev.caracal.cli.drill.DrillSite.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows on this machine what the job lives through. */
@Command(
        name = "drill",
        description = {
            "Run the job on a Flink cluster of separate processes with S3, SQS, SNS and STS on"
                    + " loopback, break one thing after the other, and count what comes out.",
            "Every record must come out as an event or a dead letter, and every alert be in S3,"
                    + " exactly once; within 60 s after a fault the job must be as before. The exit"
                    + " status is 0 only if all of it is so."
        },
        footer = {"", "Example: caracal drill --fault kill-taskmanager --fault s3-503"})
public final class DrillCommand implements Callable<Integer> {

    private final Console console;
    private final Path home;

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            description = "Only this fault; may be given more than once (default: all).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Print the faults and end.")
    private boolean list;

    @Option(
            names = "--soak",
            paramLabel = "MINUTES",
            description =
                    "Break nothing: run so long under a steady load while a rule, the log sources"
                            + " and a schema change each minute. Each 10 s a line tells what the"
                            + " processes hold; FOLDER/soak.svg has the curves.")
    private int soakMinutes;

    @Option(
            names = "--rate",
            defaultValue = "1000",
            paramLabel = "RECORDS",
            description = "Records a second of --soak (default: 1000).")
    private int rate;

    @Option(
            names = "--capacity",
            paramLabel = "RECORDS",
            description =
                    "Break nothing: let so many records pile up while the job is stopped, and"
                            + " measure how fast it works them off.")
    private int capacityRecords;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "table, or json: one object a fault and line (default: table).")
    private DrillFormat format = DrillFormat.TABLE;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description =
                    "Where the drill keeps its data and the processes' logs; emptied first"
                            + " (default: .caracal/drill).")
    private @Nullable Path folder;

    /**
     * @param home the project's folder
     */
    public DrillCommand(Console console, Path home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            Faults.all().forEach(this::printFault);
            return 0;
        }
        if (rate < 1 || soakMinutes < 0 || capacityRecords < 0) {
            throw new WrongUsageException(
                    "--rate, --soak and --capacity take whole numbers above 0");
        }
        if (soakMinutes > 0 && capacityRecords > 0) {
            throw new WrongUsageException("--soak and --capacity exclude each other");
        }
        List<Fault> faults = chosen();
        Path data = folder == null ? home.resolve(".caracal").resolve("drill") : folder;
        System.setProperty("caracal.log", data.resolve("drill.log").toString());
        say("Starting S3, SQS, SNS and STS, a Flink cluster, and the job …");
        Purpose purpose = soakMinutes + capacityRecords > 0 ? Purpose.LOAD : Purpose.FAULTS;
        try (DrillSite site = new DrillSite(new DemoFolder(data), home, purpose)) {
            say("Flink's dashboard: " + site.cluster().dashboard() + "  data: " + data);
            return run(site, data, faults) ? 0 : 1;
        }
    }

    private boolean run(DrillSite site, Path data, List<Fault> faults)
            throws IOException, InterruptedException {
        if (capacityRecords > 0) {
            return new Capacity(site, console.out()).run(capacityRecords);
        }
        return soakMinutes > 0 ? soak(site, data) : run(new Drill(site), faults);
    }

    private boolean soak(DrillSite site, Path data) throws IOException, InterruptedException {
        Soak soak = new Soak(site, console.out());
        boolean exact = soak.run(Duration.ofMinutes(soakMinutes), rate);
        Path plot = data.resolve("soak.svg");
        soak.plot(plot);
        say("The curves: " + plot);
        return exact;
    }

    private boolean run(Drill drill, List<Fault> faults) throws IOException, InterruptedException {
        List<DrillRow> rows = new ArrayList<>();
        if (format == DrillFormat.TABLE) {
            print(DrillTable.head());
        }
        for (Fault fault : faults) {
            if (!fault.obstacle().isEmpty()) {
                say(fault.name() + " is left out: " + fault.obstacle());
                continue;
            }
            say(fault.name() + ": " + fault.what() + " …");
            DrillRow row = drill.run(fault);
            rows.add(row);
            print(row);
        }
        boolean green = true;
        for (DrillRow row : rows) {
            DrillRow last = drill.recount(row);
            if (!last.equals(row)) {
                say("came later:");
                print(last);
            }
            green &= last.isGreen();
        }
        return green;
    }

    private List<Fault> chosen() {
        List<Fault> all = Faults.all();
        List<Fault> chosen =
                names.isEmpty()
                        ? all
                        : all.stream().filter(fault -> names.contains(fault.name())).toList();
        for (String name : names) {
            if (all.stream().noneMatch(fault -> fault.name().equals(name))) {
                throw new WrongUsageException(
                        "--fault is "
                                + name
                                + ", expected one of "
                                + all.stream().map(Fault::name).collect(Collectors.joining(", ")));
            }
        }
        return chosen;
    }

    private void printFault(Fault fault) {
        String obstacle = fault.obstacle();
        console.out()
                .printf(
                        "%-17s %s%s%n",
                        fault.name(),
                        fault.what(),
                        obstacle.isEmpty() ? "" : "; not here: " + obstacle);
    }

    private void print(DrillRow row) {
        print(format == DrillFormat.JSON ? row.toJson().toString() : DrillTable.line(row));
    }

    private void print(String line) {
        console.out().println(line);
        console.out().flush();
    }

    /** How far it is; not part of the result. */
    private void say(String line) {
        console.err().println(line);
    }
}
