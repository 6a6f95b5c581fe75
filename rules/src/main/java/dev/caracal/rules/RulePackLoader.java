package dev.caracal.rules;

import dev.caracal.rules.RulePackReader.Effect;
import dev.caracal.rules.RulePackReader.ReadFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Sorts the files of one rule pack. */
final class RulePackLoader {

    /** A key at the top of a file that makes it a part of a rule pack. */
    private static final Pattern ANALYSIS =
            Pattern.compile(
                    "^\\{?\\s*[\"']?(AnalysisType|RuleID|GlobalID|DataModelID)[\"']?\\s*:",
                    Pattern.MULTILINE);

    private final Map<String, String> files;
    private final Map<String, ReadFile> before;
    private final Map<String, ReadFile> read = new HashMap<>();
    private final String root;
    private final Map<String, String> pathsById = new HashMap<>();
    private final Map<String, String> modelsByLogType = new HashMap<>();
    private final Map<String, RuleSource> rulesById = new LinkedHashMap<>();
    private final List<YamlMap> derived = new ArrayList<>();
    private final List<YamlMap> packs = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final List<RuleSource> globals = new ArrayList<>();
    private final List<RuleSource> dataModels = new ArrayList<>();
    private final List<RuleSource> lookupTables = new ArrayList<>();
    private final List<SavedQuery> queries = new ArrayList<>();
    private final Map<AnalysisType, Integer> notRun = new EnumMap<>(AnalysisType.class);
    private final List<String> passedOver = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();

    /**
     * @param before what need not be read again if it is the same, by path
     */
    RulePackLoader(Map<String, String> files, Map<String, ReadFile> before) {
        this.files = new TreeMap<>(files);
        this.before = before;
        this.root = root(files.keySet());
    }

    RulePack load() {
        files.forEach(
                (path, text) -> {
                    if (isYaml(path) && !isPassedOver(path)) {
                        attempt(() -> add(path, text));
                    }
                });
        derived.forEach(yaml -> attempt(() -> addDerived(yaml)));
        var incomplete = new ArrayList<RuleProblem>();
        packs.forEach(yaml -> attempt(() -> addMissing(yaml, incomplete)));
        return new RulePack(
                globals,
                dataModels,
                lookupTables,
                List.copyOf(rulesById.values()),
                queries,
                notRun,
                passedOver,
                problems,
                incomplete);
    }

    /** What need not be read again while it is the same, by path. */
    Map<String, ReadFile> readFiles() {
        return read;
    }

    private void addMissing(YamlMap pack, List<RuleProblem> missing) throws RuleException {
        YamlMap definition = pack.map("PackDefinition");
        definition.requireKeys(Set.of("IDs"), "a PackDefinition");
        List<String> named = definition.texts("IDs");
        for (int i = 0; i < named.size(); i++) {
            if (!ids.contains(named.get(i))) {
                missing.add(
                        new RuleProblem(
                                pack.path(),
                                definition.line("IDs", i),
                                "PackDefinition names "
                                        + named.get(i)
                                        + ", and nothing here has this id"));
            }
        }
    }

    private static boolean isYaml(String path) {
        return path.endsWith(".yml") || path.endsWith(".yaml");
    }

    private boolean isPassedOver(String path) {
        return Arrays.stream(path.substring(root.length()).split("/"))
                .anyMatch(part -> part.equals("templates") || part.startsWith("."));
    }

    /** The folder in which all files are, with its slash. */
    private static String root(Set<String> paths) {
        String root = null;
        for (String path : paths) {
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            if (root == null) {
                root = folder;
            }
            while (!folder.startsWith(root)) {
                root = root.substring(0, root.lastIndexOf('/', root.length() - 2) + 1);
            }
        }
        return root == null ? "" : root;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (RuleException e) {
            problems.addAll(e.problems());
        }
    }

    private void add(String path, String text) throws RuleException {
        ReadFile known = before.get(path);
        if (known != null && known.isFrom(files)) {
            claim(known.source().type(), known.id(), path, known.idLine());
            keep(known);
            return;
        }
        if (!ANALYSIS.matcher(text).find()) {
            passedOver.add(path);
            return;
        }
        YamlMap yaml = YamlMap.parse(path, text);
        AnalysisType type = type(yaml);
        yaml.requireKeys(type.keys(), "a " + type.yamlName());
        String id = yaml.text(type.idKey(), "an id");
        claim(type, id, path, yaml.line(type.idKey()));
        boolean isDerived = type.isRule() && yaml.keys().contains("BaseDetection");
        boolean hasPython = type.isUsed() && type != AnalysisType.LOOKUP_TABLE && !isDerived;
        var source = new RuleSource(type, path, text, hasPython ? python(path, yaml) : "", "", "");
        keep(
                new ReadFile(
                        source,
                        id,
                        yaml.line(type.idKey()),
                        hasPython ? pythonPath(path, yaml) : "",
                        isDerived ? loader -> loader.derived.add(yaml) : effect(source, id, yaml)));
    }

    /** Reads the rest of a file that is not a derived rule. */
    private static Effect effect(RuleSource source, String id, YamlMap yaml) throws RuleException {
        AnalysisType type = source.type();
        return switch (type) {
            case RULE, SCHEDULED_RULE -> {
                RuleReader.read(source);
                yield loader -> loader.rulesById.put(id, source);
            }
            case GLOBAL -> {
                GlobalModule.read(source);
                yield loader -> loader.globals.add(source);
            }
            case DATA_MODEL -> {
                DataModel model = DataModel.read(source);
                int line = yaml.line("LogTypes");
                yield loader -> loader.addDataModel(model, line);
            }
            case LOOKUP_TABLE -> {
                LookupTableReader.read(source);
                yield loader -> loader.lookupTables.add(source);
            }
            case SAVED_QUERY, SCHEDULED_QUERY -> {
                SavedQuery query = SavedQuery.read(type, yaml);
                yield loader -> {
                    loader.countNotRun(type);
                    loader.queries.add(query);
                };
            }
            case PACK ->
                    loader -> {
                        loader.countNotRun(type);
                        loader.packs.add(yaml);
                    };
            case CORRELATION_RULE, POLICY -> loader -> loader.countNotRun(type);
        };
    }

    private void countNotRun(AnalysisType type) {
        notRun.merge(type, 1, Integer::sum);
    }

    private static AnalysisType type(YamlMap yaml) throws RuleException {
        String name = yaml.text("AnalysisType", "rule");
        AnalysisType type = AnalysisType.find(name).orElse(null);
        if (type == null) {
            List<String> known =
                    Arrays.stream(AnalysisType.values())
                            .map(AnalysisType::yamlName)
                            .sorted()
                            .toList();
            throw yaml.problem(
                    yaml.line("AnalysisType"),
                    "AnalysisType is '" + name + "', expected one of " + String.join(", ", known));
        }
        return type;
    }

    private void keep(ReadFile file) throws RuleException {
        file.effect().on(this);
        read.put(file.source().path(), file);
    }

    private void claim(AnalysisType type, String id, String path, int line) throws RuleException {
        String first = pathsById.putIfAbsent(type.idKey() + ' ' + id, path);
        if (first != null) {
            String reason = type.idKey() + " " + id + " is already that of " + first;
            throw new RuleException(new RuleProblem(path, line, reason));
        }
        if (type != AnalysisType.PACK) {
            ids.add(id);
        }
    }

    private String python(String path, YamlMap yaml) throws RuleException {
        String pythonPath = pythonPath(path, yaml);
        if (pythonPath.isEmpty()) {
            return "";
        }
        String python = files.get(pythonPath);
        if (python == null) {
            throw yaml.problem(yaml.line("Filename"), "Filename: there is no file " + pythonPath);
        }
        return python;
    }

    private static String pythonPath(String path, YamlMap yaml) throws RuleException {
        String filename = yaml.text("Filename");
        return filename == null ? "" : RuleSource.beside(path, filename);
    }

    private void addDataModel(DataModel model, int line) throws RuleException {
        for (String logType : model.logTypes()) {
            String first = modelsByLogType.get(logType);
            if (model.enabled() && first != null) {
                String reason =
                        "LogTypes: "
                                + first
                                + " is enabled for "
                                + logType
                                + " already, and a log type has one data model";
                throw new RuleException(new RuleProblem(model.source().path(), line, reason));
            }
        }
        if (model.enabled()) {
            model.logTypes()
                    .forEach(logType -> modelsByLogType.put(logType, model.source().path()));
        }
        dataModels.add(model.source());
    }

    private void addDerived(YamlMap yaml) throws RuleException {
        String baseId = yaml.text("BaseDetection", "the id of a rule");
        RuleSource base = rulesById.get(baseId);
        if (base == null || base.isDerived()) {
            throw yaml.problem(
                    yaml.line("BaseDetection"),
                    "BaseDetection: there is no rule "
                            + baseId
                            + (base == null ? "" : " that is not itself derived"));
        }
        String path = yaml.path();
        var source =
                new RuleSource(
                        base.type(),
                        path,
                        files.getOrDefault(path, ""),
                        base.python(),
                        base.path(),
                        base.yaml());
        rulesById.put(RuleReader.read(source).ruleId(), source);
    }

    private interface Step {
        void run() throws RuleException;
    }
}
