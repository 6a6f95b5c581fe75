package dev.caracal.parsers;

import dev.caracal.parsers.schema.SchemaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A set of log types, by name and in the order given. */
public final class LogTypes {

    private final Set<String> names;
    private final Function<String, LogType> loader;
    private final Map<String, LogType> loaded = new ConcurrentHashMap<>();

    private LogTypes(Set<String> names, Function<String, LogType> loader) {
        this.names = Collections.unmodifiableSet(names);
        this.loader = loader;
    }

    /**
     * @throws IllegalArgumentException if two have the same name
     */
    public static LogTypes of(Collection<LogType> logTypes) {
        Map<String, LogType> byName = new LinkedHashMap<>();
        for (LogType logType : logTypes) {
            if (byName.put(logType.name(), logType) != null) {
                throw new IllegalArgumentException("Log type appears twice: " + logType.name());
            }
        }
        return new LogTypes(byName.keySet(), byName::get);
    }

    /**
     * The log types that come with Caracal, by name. Each has its schema in {@code
     * logtypes/NAME.yml} beside this class and is read when it is first asked for.
     */
    public static LogTypes builtin() {
        return Builtin.LOG_TYPES;
    }

    public Optional<LogType> find(String name) {
        return names.contains(name)
                ? Optional.of(loaded.computeIfAbsent(name, loader))
                : Optional.empty();
    }

    public Set<String> names() {
        return names;
    }

    public List<LogType> all() {
        return names.stream().map(name -> loaded.computeIfAbsent(name, loader)).toList();
    }

    private static LogType load(String name) {
        String file = name + ".yml";
        try (InputStream content = resource(file)) {
            return LogType.read(file, new InputStreamReader(content, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read schema " + file, e);
        } catch (SchemaException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static Set<String> index() {
        try (InputStream content = resource("index.txt")) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            return new LinkedHashSet<>(text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the list of built-in log types", e);
        }
    }

    private static InputStream resource(String file) {
        InputStream content = LogTypes.class.getResourceAsStream("logtypes/" + file);
        if (content == null) {
            throw new IllegalStateException("Not on the class path: logtypes/" + file);
        }
        return content;
    }

    /** Their names are in {@code logtypes/index.txt}, because a class path cannot be listed. */
    private static final class Builtin {
        private static final LogTypes LOG_TYPES = new LogTypes(index(), LogTypes::load);
    }
}
