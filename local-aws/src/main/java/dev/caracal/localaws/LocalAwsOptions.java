package dev.caracal.localaws;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link LocalAwsMain}.
 *
 * @param data where data is kept; null for memory only
 * @param config the {@link LocalAwsConfig} file; null for none
 */
record LocalAwsOptions(
        @Nullable Path data, @Nullable Path config, Ports ports, boolean exitWithParent) {
    static final String USAGE =
            "Usage: LocalAwsMain [--data DIR] [--config FILE] [--s3-port N] [--sqs-port N]"
                    + " [--sns-port N] [--sts-port N] [--admin-port N] [--exit-with-parent]";
    private static final String EXIT_WITH_PARENT = "--exit-with-parent";
    private static final Set<String> NAMES =
            Set.of(
                    "--data",
                    "--config",
                    "--s3-port",
                    "--sqs-port",
                    "--sns-port",
                    "--sts-port",
                    "--admin-port");

    /**
     * @throws IllegalArgumentException with the argument that is wrong
     */
    static LocalAwsOptions parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals(EXIT_WITH_PARENT)) {
                values.put(name, "true");
                continue;
            }
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("unknown option: " + name);
            }
            if (++i == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            values.put(name, arguments[i]);
        }
        return new LocalAwsOptions(
                path(values, "--data"),
                path(values, "--config"),
                new Ports(
                        port(values, "--s3-port"),
                        port(values, "--sqs-port"),
                        port(values, "--sns-port"),
                        port(values, "--sts-port"),
                        port(values, "--admin-port")),
                values.containsKey(EXIT_WITH_PARENT));
    }

    private static @Nullable Path path(Map<String, String> values, String name) {
        String value = values.get(name);
        return value == null ? null : Path.of(value);
    }

    private static int port(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "0");
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + value + "', a port expected");
        }
    }
}
