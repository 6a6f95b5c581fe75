package dev.caracal.parsers;

import dev.caracal.parsers.schema.Schema;
import dev.caracal.parsers.schema.SchemaException;
import dev.caracal.parsers.schema.SchemaReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A set of log types, by name and in the order given. */
public final class LogTypes {

    /** Each has its schema in {@code logtypes/NAME.yml} beside this class. */
    private static final List<String> BUILTIN =
            List.of(
                    "AWS.ALB",
                    "AWS.CloudTrail",
                    "AWS.S3ServerAccess",
                    "AWS.VPCFlow",
                    "Okta.SystemLog");

    private final Map<String, LogType> byName;

    /**
     * @throws IllegalArgumentException if two have the same name
     */
    public LogTypes(Collection<LogType> logTypes) {
        Map<String, LogType> names = new LinkedHashMap<>();
        for (LogType logType : logTypes) {
            if (names.put(logType.name(), logType) != null) {
                throw new IllegalArgumentException("Log type appears twice: " + logType.name());
            }
        }
        byName = Collections.unmodifiableMap(names);
    }

    /** The log types that come with Caracal. */
    public static LogTypes builtin() {
        return Builtin.LOG_TYPES;
    }

    public Optional<LogType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    public Collection<LogType> all() {
        return byName.values();
    }

    private static LogType load(String name) {
        String resource = "logtypes/" + name + ".yml";
        try (InputStream content = LogTypes.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalStateException("Schema is not on the class path: " + resource);
            }
            Reader reader = new InputStreamReader(content, StandardCharsets.UTF_8);
            Schema schema = SchemaReader.read(name + ".yml", reader);
            return new LogType(schema);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read schema " + resource, e);
        } catch (SchemaException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Loaded when first asked for. */
    private static final class Builtin {
        private static final LogTypes LOG_TYPES =
                new LogTypes(BUILTIN.stream().map(LogTypes::load).toList());
    }
}
