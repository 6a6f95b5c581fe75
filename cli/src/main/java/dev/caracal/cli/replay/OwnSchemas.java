package dev.caracal.cli.replay;

import dev.caracal.cli.logtypes.SchemaFiles;
import dev.caracal.connectors.control.ControlLocation;
import dev.caracal.job.schema.SchemaSetCheck;
import dev.caracal.job.schema.SchemaSource;
import dev.caracal.parsers.LogType;
import dev.caracal.parsers.LogTypes;
import dev.caracal.parsers.schema.SchemaException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Schemas that do not come with Caracal.
 *
 * @param problems what is wrong with files of the control location, which the job refuses too
 */
record OwnSchemas(LogTypes logTypes, List<String> problems) {

    OwnSchemas {
        problems = List.copyOf(problems);
    }

    /**
     * @param control whose schemas are in force in the stream
     * @param files schemas that take the place of those
     */
    static OwnSchemas read(Optional<ControlLocation> control, List<Path> files)
            throws IOException, SchemaException {
        Map<String, LogType> logTypes = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        if (control.isPresent()) {
            SchemaSetCheck.Checked checked =
                    new SchemaSetCheck().check(control.get().read().texts(SchemaSetCheck.FOLDER));
            for (SchemaSource source : checked.schemaSet().schemas()) {
                LogType logType = source.read();
                logTypes.put(logType.name(), logType);
            }
            checked.problems().forEach(problem -> problems.add(problem.message()));
        }
        // Checked by itself first: no log type may be named by two files.
        LogTypes named = LogTypes.of(SchemaFiles.logTypes(files));
        named.names().forEach(name -> logTypes.put(name, named.find(name).orElseThrow()));
        return new OwnSchemas(LogTypes.of(logTypes.values()), problems);
    }
}
