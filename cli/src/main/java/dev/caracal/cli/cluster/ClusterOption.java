package dev.caracal.cli.cluster;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.flink.FlinkRest;
import java.net.URI;
import picocli.CommandLine.Option;

/** Which Flink cluster a command is about. */
final class ClusterOption {

    @Option(
            names = "--cluster",
            defaultValue = "${CARACAL_CLUSTER:-http://127.0.0.1:8081}",
            paramLabel = "URL",
            description =
                    "Where Flink's dashboard is (default: the environment variable CARACAL_CLUSTER,"
                            + " else http://127.0.0.1:8081).")
    private String cluster = "";

    FlinkRest rest() {
        String address = cluster.replaceFirst("/+$", "");
        if (!address.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")) {
            throw new WrongUsageException(
                    "--cluster is "
                            + cluster
                            + ", expected the address of Flink's dashboard, such as"
                            + " http://127.0.0.1:8081");
        }
        return new FlinkRest(URI.create(address));
    }
}
