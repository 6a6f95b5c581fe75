package dev.caracal.rules;

import java.util.Map;

/**
 * Reads one rule pack again and again as its files change.
 *
 * <p>A file that is as it was is not read anew: of a change among hundreds of files, reading all
 * their YAML would be most of the work. Not thread-safe.
 */
public final class RulePackReader {

    private Map<String, ReadFile> filesByPath = Map.of();

    /**
     * A file that was read without a problem.
     *
     * @param source what was read; without Python where none is used
     * @param idLine where its YAML has the id
     * @param pythonPath of the Python file that was read with it, empty if none
     * @param effect what it is to a loader that meets it again
     */
    record ReadFile(RuleSource source, String id, int idLine, String pythonPath, Effect effect) {

        /** Whether the files are those that it was read from. */
        boolean isFrom(Map<String, String> files) {
            return source.yaml().equals(files.get(source.path()))
                    && (pythonPath.isEmpty() || source.python().equals(files.get(pythonPath)));
        }
    }

    /** Adds a file to what a loader has. */
    @FunctionalInterface
    interface Effect {
        void on(RulePackLoader loader) throws RuleException;
    }

    /** What {@link RulePack#load} gives. */
    public RulePack read(Map<String, String> files) {
        var loader = new RulePackLoader(files, filesByPath);
        RulePack pack = loader.load();
        filesByPath = loader.readFiles();
        return pack;
    }

    /** The id of a rule, whether it is of the pack as last read or not. */
    public String ruleId(RuleSource rule) throws RuleException {
        ReadFile known = filesByPath.get(rule.path());
        return known != null && known.source().equals(rule)
                ? known.id()
                : RuleReader.read(rule).ruleId();
    }
}
