package dev.caracal.rules.candidate;

import org.jspecify.annotations.Nullable;

/** The decision trees of one log type's rules, which together take bounded memory. */
final class DecisionTrees {

    /** Beyond it, branches of all trees, all is forgotten: about 20 MB. */
    private static final int MAX_BRANCHES = 100_000;

    private final Paths paths = new Paths();
    private final @Nullable DecisionTree[] trees;
    private int branches;
    private long learned;

    /**
     * @param screens of the rules; one that does not go by the event alone has no tree
     */
    DecisionTrees(Screen[] screens, Fields fields) {
        trees = new DecisionTree[screens.length];
        for (int i = 0; i < screens.length; i++) {
            if (screens[i].isPure() && fields.goByEventAlone()) {
                trees[i] = new DecisionTree(screens[i]);
            }
        }
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
