package dev.caracal.job.schema;

import dev.caracal.parsers.LogType;
import dev.caracal.parsers.schema.SchemaException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log types of a set of schemas, read. */
public final class UserLogTypes {

    private static final Logger LOG = LoggerFactory.getLogger(UserLogTypes.class);

    /** No log types but the built-in ones. */
    public static final UserLogTypes NONE = new UserLogTypes(Map.of());

    private final Map<String, LogType> byName;

    private UserLogTypes(Map<String, LogType> byName) {
        this.byName = byName;
    }

    public static UserLogTypes of(SchemaSet schemaSet) {
        Map<String, LogType> byName = new HashMap<>();
        for (SchemaSource source : schemaSet.schemas()) {
            try {
                LogType logType = source.read();
                byName.put(logType.name(), logType);
            } catch (SchemaException e) {
                LOG.error("An accepted schema cannot be read: {}", e.getMessage());
            }
        }
        return new UserLogTypes(byName);
    }

    public Optional<LogType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /** Names of the log types that are not the same in both. */
    public Set<String> differences(UserLogTypes other) {
        Set<String> names = new HashSet<>(byName.keySet());
        names.addAll(other.byName.keySet());
        names.removeIf(name -> find(name).equals(other.find(name)));
        return names;
    }
}
