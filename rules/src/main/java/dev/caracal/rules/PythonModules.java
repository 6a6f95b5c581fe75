package dev.caracal.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * The modules that rules import besides Python's standard library: Caracal's own, and the globals
 * of the rule pack, which can change while rules run.
 */
final class PythonModules {

    /** What rules written for Panther import, under {@code python/} of this package. */
    private static final List<String> OWN =
            List.of(
                    "boto3.py",
                    "dateutil/__init__.py",
                    "dateutil/parser.py",
                    "dateutil/tz.py",
                    "jsonpath_ng/__init__.py",
                    "jsonpath_ng/ext.py",
                    "panther_core/__init__.py",
                    "panther_core/data_model.py",
                    "panther_core/enriched_event.py",
                    "panther_core/immutable.py",
                    "panther_detection_helpers/__init__.py",
                    "panther_detection_helpers/caching.py",
                    "panther_detection_helpers/monitoring.py",
                    "policyuniverse/__init__.py",
                    "policyuniverse/policy.py",
                    "policyuniverse/statement.py",
                    "pycountry.py",
                    "requests.py");

    private final PythonContext python;
    private final Value modules;
    private final Map<String, GlobalModule> globals = new LinkedHashMap<>();

    PythonModules(PythonContext python) {
        this.python = python;
        modules = python.global("modules");
    }

    /** Makes Caracal's own modules known to a context's {@code modules}. */
    static void addOwn(Value modules) {
        for (String file : OWN) {
            boolean isPackage = file.endsWith("/__init__.py");
            String name = file.replace("/__init__.py", "").replace(".py", "").replace('/', '.');
            String source = PythonContext.resource("python/" + file);
            modules.invokeMember("add", name, file, source, isPackage);
        }
    }

    /** Reads a module's YAML, unless it is one that is in force as it is. */
    GlobalModule read(RuleSource source) throws RuleException {
        for (GlobalModule module : globals.values()) {
            if (module.source().equals(source)) {
                return module;
            }
        }
        return GlobalModule.read(source);
    }

    /**
     * Makes these the modules of the rule pack. One that cannot be loaded is left out, or stays as
     * it was.
     *
     * @param problems takes what is wrong with those that cannot be loaded
     * @return the names of the modules that are not as before: changed, gone, or importing such
     */
    Set<String> replace(List<GlobalModule> wanted, List<RuleProblem> problems) {
        Map<String, GlobalModule> byName = new LinkedHashMap<>();
        for (GlobalModule module : wanted) {
            if (!globals.containsKey(module.name())
                    && modules.invokeMember("is_taken", module.name()).asBoolean()) {
                problems.add(
                        new RuleProblem(
                                module.source().path(),
                                0,
                                "GlobalID " + module.name() + " is the name of another module"));
                continue;
            }
            byName.put(module.name(), module);
        }
        Set<String> changed = changed(byName);
        Map<String, GlobalModule> before = new LinkedHashMap<>(globals);
        globals.keySet().retainAll(byName.keySet());
        changed.forEach(name -> set(name, byName.get(name)));
        for (GlobalModule module : inImportOrder(byName, changed)) {
            if (!load(module, problems)) {
                set(module.name(), before.get(module.name()));
            }
        }
        return changed;
    }

    /** The modules of the rule pack, as they are in force. */
    List<RuleSource> sources() {
        return globals.values().stream().map(GlobalModule::source).toList();
    }

    /** The globals of the rule pack, as they are in force. */
    List<GlobalModule> globals() {
        return List.copyOf(globals.values());
    }

    private Set<String> changed(Map<String, GlobalModule> wanted) {
        Set<String> changed = new HashSet<>();
        wanted.forEach(
                (name, module) -> {
                    if (!module.equals(globals.get(name))) {
                        changed.add(name);
                    }
                });
        globals.keySet().stream().filter(name -> !wanted.containsKey(name)).forEach(changed::add);
        boolean grows = !changed.isEmpty();
        while (grows) {
            grows = false;
            for (GlobalModule module : wanted.values()) {
                if (!changed.contains(module.name())
                        && mentions(module.source().python(), changed)) {
                    grows |= changed.add(module.name());
                }
            }
        }
        return changed;
    }

    /** The modules of these names, each after those that it imports. */
    private static List<GlobalModule> inImportOrder(
            Map<String, GlobalModule> modules, Set<String> names) {
        var rest = new ArrayList<GlobalModule>();
        names.stream().sorted().filter(modules::containsKey).map(modules::get).forEach(rest::add);
        var ordered = new ArrayList<GlobalModule>();
        while (!rest.isEmpty()) {
            GlobalModule next =
                    rest.stream()
                            .filter(module -> importsNone(module, rest))
                            .findFirst()
                            .orElse(rest.get(0));
            rest.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean importsNone(GlobalModule module, List<GlobalModule> others) {
        return others.stream()
                .filter(other -> other != module)
                .noneMatch(other -> module.source().python().contains(other.name()));
    }

    /** Whether a Python source may import one of the modules. */
    static boolean mentions(String python, Set<String> names) {
        return names.stream().anyMatch(python::contains);
    }

    private void set(String name, @Nullable GlobalModule module) {
        modules.invokeMember("remove", name);
        if (module == null) {
            globals.remove(name);
            return;
        }
        globals.put(name, module);
        modules.invokeMember("add", name, module.pythonPath(), module.source().python(), false);
    }

    private boolean load(GlobalModule module, List<RuleProblem> problems) {
        try {
            python.compile(module.pythonPath(), "load_module", module.name());
            return true;
        } catch (RuleException e) {
            problems.addAll(e.problems());
            return false;
        }
    }
}
