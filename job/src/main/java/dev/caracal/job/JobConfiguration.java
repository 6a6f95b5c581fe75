package dev.caracal.job;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Gathers the job's options from where they may be given. Later ones win:
 *
 * <ol>
 *   <li>the property groups of Amazon Managed Service for Apache Flink, whatever the groups' names,
 *   <li>{@code --config FILE}, a YAML file with keys such as {@code sqs.queue-url}, nested or flat,
 *   <li>environment variables, such as {@code CARACAL_SQS_QUEUE_URL},
 *   <li>{@code --option KEY=VALUE}, as {@code caracal submit} sends what it has read of the others.
 * </ol>
 *
 * <p>An option that does not exist, or a value that does not fit, refuses the start by name.
 */
final class JobConfiguration {

    private static final String ENVIRONMENT_PREFIX = "CARACAL_";

    private final Map<String, ConfigOption<?>> options = new TreeMap<>();
    private final Configuration configuration = new Configuration();

    JobConfiguration(List<ConfigOption<?>> known) {
        known.forEach(option -> options.put(option.key(), option));
    }

    Configuration toConfiguration() {
        return configuration;
    }

    JobConfiguration addPropertyGroups(Map<String, Properties> groups) {
        groups.forEach(
                (group, properties) ->
                        properties
                                .stringPropertyNames()
                                .forEach(
                                        key ->
                                                set(
                                                        "property group " + group,
                                                        key,
                                                        properties.getProperty(key))));
        return this;
    }

    /** The job's arguments, with the environment where it belongs among them. */
    JobConfiguration addArguments(List<String> arguments, Map<String, String> environment)
            throws IOException {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            int equals = value.indexOf('=');
            if (name.equals("--config") && !value.isEmpty()) {
                addFile(Path.of(value));
            } else if (name.equals("--option") && equals > 0) {
                given.put(value.substring(0, equals), value.substring(equals + 1));
            } else {
                // The value stays unsaid, as it may be a secret.
                throw new IllegalArgumentException(
                        "Argument "
                                + (i + 1)
                                + " is "
                                + name
                                + ", expected --config FILE or --option KEY=VALUE");
            }
        }
        addEnvironment(environment);
        given.forEach((key, value) -> set("--option", key, value));
        return this;
    }

    JobConfiguration addFile(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            if (root == null) {
                return this;
            }
            if (!(root instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException(file + ": expected keys and values");
            }
            addNested(file.toString(), "", map);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        return this;
    }

    private void addNested(String origin, String prefix, Map<?, ?> map) {
        map.forEach(
                (key, value) -> {
                    if (value instanceof Map<?, ?> nested) {
                        addNested(origin, prefix + key + ".", nested);
                    } else if (value != null) {
                        set(origin, prefix + key, value.toString());
                    }
                });
    }

    JobConfiguration addEnvironment(Map<String, String> environment) {
        Map<String, String> keyByVariable = new HashMap<>();
        options.keySet().forEach(key -> keyByVariable.put(variable(key), key));
        environment.forEach(
                (variable, value) -> {
                    String key = keyByVariable.get(variable);
                    if (key != null) {
                        set("environment variable " + variable, key, value);
                    }
                });
        return this;
    }

    /** The option's description as plain text. */
    static String describe(ConfigOption<?> option) {
        return new HtmlFormatter().format(option.description());
    }

    private static String variable(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private void set(String origin, String key, String value) {
        ConfigOption<?> option = options.get(key);
        if (option == null) {
            throw new IllegalArgumentException(
                    origin
                            + ": there is no option \""
                            + key
                            + "\"; expected one of "
                            + options.keySet());
        }
        configuration.setString(key, value);
        try {
            configuration.getOptional(option);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    origin + ": the value of " + key + " does not fit: " + describe(option), e);
        }
    }
}
