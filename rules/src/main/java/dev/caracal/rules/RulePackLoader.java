package dev.caracal.rules;

import dev.caracal.rules.RulePackReader.ReadRule;
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
    private final Map<String, ReadRule> before;
    private final Map<String, ReadRule> read = new HashMap<>();
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
     * @param before rules that need not be read again if their files are the same, by path
     */
    RulePackLoader(Map<String, String> files, Map<String, ReadRule> before) {
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

    /** The rules that need not be read again while their files are the same, by path. */
    Map<String, ReadRule> readRules() {
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
        ReadRule known = before.get(path);
        if (known != null && known.isFrom(files)) {
            requireNewId(known.source().type(), known.ruleId(), path, known.idLine());
            ids.add(known.ruleId());
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
        requireNewId(type, id, path, yaml.line(type.idKey()));
        if (type == AnalysisType.PACK) {
            packs.add(yaml);
        } else {
            ids.add(id);
        }
        if (!type.isUsed()) {
            notRun.merge(type, 1, Integer::sum);
            if (type.isQuery()) {
                queries.add(SavedQuery.read(type, yaml));
            }
            return;
        }
        if (type.isRule() && yaml.keys().contains("BaseDetection")) {
            derived.add(yaml);
            return;
        }
        if (type == AnalysisType.LOOKUP_TABLE) {
            var table = new RuleSource(type, path, text, "", "", "");
            LookupTableReader.read(table);
            lookupTables.add(table);
            return;
        }
        var source = new RuleSource(type, path, text, python(path, yaml), "", "");
        switch (type) {
            case GLOBAL -> globals.add(GlobalModule.read(source).source());
            case DATA_MODEL -> addDataModel(DataModel.read(source), yaml);
            default -> {
                RuleMetadata rule = RuleReader.read(source);
                keep(
                        new ReadRule(
                                source,
                                rule.ruleId(),
                                yaml.line(type.idKey()),
                                pythonPath(path, yaml)));
            }
        }
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

    private void keep(ReadRule rule) {
        rulesById.put(rule.ruleId(), rule.source());
        read.put(rule.source().path(), rule);
    }

    private void requireNewId(AnalysisType type, String id, String path, int line)
            throws RuleException {
        String first = pathsById.putIfAbsent(type.idKey() + ' ' + id, path);
        if (first != null) {
            String reason = type.idKey() + " " + id + " is already that of " + first;
            throw new RuleException(new RuleProblem(path, line, reason));
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

    private void addDataModel(DataModel model, YamlMap yaml) throws RuleException {
        for (String logType : model.logTypes()) {
            String first = modelsByLogType.get(logType);
            if (model.enabled() && first != null) {
                throw yaml.problem(
                        yaml.line("LogTypes"),
                        "LogTypes: "
                                + first
                                + " is enabled for "
                                + logType
                                + " already, and a log type has one data model");
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
