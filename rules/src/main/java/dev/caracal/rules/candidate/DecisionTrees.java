package dev.caracal.rules.candidate;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decision trees of one log type's rules, which together take bounded memory. */
final class DecisionTrees {

    /** Beyond it, branches of all trees, all is forgotten: about 20 MB. */
    private static final int MAX_BRANCHES = 100_000;

    private final Paths paths;
    private final Screen[] screens;
    private final @Nullable DecisionTree[] trees;
    private int branches;
    private long learned;

    /**
     * @param screens of the rules; one that goes by the time has no tree
     * @param before whose trees of the same screens grow on, with the same fields; null if none
     */
    DecisionTrees(Screen[] screens, Fields fields, @Nullable DecisionTrees before) {
        this.screens = screens;
        paths = before == null ? new Paths() : before.paths;
        branches = before == null ? 0 : before.branches;
        learned = before == null ? 0 : before.learned;
        trees = new DecisionTree[screens.length];
        Map<Screen, DecisionTree> grown = before == null ? Map.of() : before.byScreen();
        for (int i = 0; i < screens.length; i++) {
            if (screens[i].isTimeless() && fields.goByEventAlone()) {
                DecisionTree known = grown.get(screens[i]);
                trees[i] = known == null ? new DecisionTree(screens[i]) : known;
            }
        }
    }

    private Map<Screen, DecisionTree> byScreen() {
        Map<Screen, DecisionTree> byScreen = new IdentityHashMap<>();
        for (int i = 0; i < screens.length; i++) {
            DecisionTree tree = trees[i];
            if (tree != null) {
                byScreen.put(screens[i], tree);
            }
        }
        return byScreen;
    }

    /** An event as the trees look at it. */
    Sights sights(Mapping.EventObject event) {
        return new Sights(event, paths);
    }

    /**
     * What is known of a rule for the event.
     *
     * @param position of the rule's screen
     */
    Decision decide(int position, Mapping.EventObject event, Sights sights) {
        DecisionTree tree = trees[position];
        if (tree == null || event.members().isEmpty()) {
            return Decision.Known.EVALUATE;
        }
        Decision known = tree.find(sights);
        if (known != null) {
            return known;
        }
        if (branches > MAX_BRANCHES) {
            forget();
        }
        Trace trace = new Trace(paths);
        Decision decision = tree.learn(trace, event, learned++);
        branches += trace.answers().size();
        return decision;
    }

    private void forget() {
        for (DecisionTree tree : trees) {
            if (tree != null) {
                tree.clear();
            }
        }
        branches = 0;
    }
}
