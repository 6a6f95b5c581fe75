package dev.caracal.rules.candidate;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a rule asked of events and what it then said, as a tree: an inner node is a path
 * of the event, its branches are what was seen there, a leaf is the decision.
 *
 * <p>Events repeat themselves: most are decided by a few look-ups, whatever the rule computes. It
 * holds for a rule that does not go by the time.
 */
final class DecisionTree {

    /** A path where more is seen is forgotten, or no more asked for if little was seen again. */
    private static final int MAX_BRANCHES = 512;

    private static final int MIN_REPEATS = 4 * MAX_BRANCHES;

    private static final class Node {
        private final int path;
        private final Map<Object, Object> branches = new HashMap<>();
        private int repeats;
        private boolean isDiverse;

        Node(int path) {
            this.path = path;
        }

        @Nullable Object next(Object sight) {
            Object next = branches.get(sight);
            if (next != null) {
                repeats++;
                return next;
            }
            return isDiverse ? Decision.Known.EVALUATE : null;
        }

        void put(Object sight, Object next) {
            if (branches.size() == MAX_BRANCHES) {
                isDiverse = repeats < MIN_REPEATS;
                branches.clear();
                repeats = 0;
            }
            if (!isDiverse) {
                branches.put(sight, next);
            }
        }
    }

    private final Screen screen;
    private @Nullable Object root;

    DecisionTree(Screen screen) {
        this.screen = screen;
    }

    /** What is known for the event; null if nothing is. */
    @Nullable Decision find(Sights event) {
        Object at = root;
        while (at instanceof Node node) {
            at = node.next(event.at(node.path));
        }
        return (Decision) at;
    }

    /**
     * Evaluates the rule on the event, and remembers it.
     *
     * @param number of the decision, if it is that the rule raises an exception
     */
    Decision learn(Trace trace, Mapping.EventObject event, long number) {
        Decision decision = screen.decide(trace.event(event), number);
        boolean isKnown = trace.isComplete();
        root = grow(root, trace, 0, isKnown ? decision : Decision.Known.EVALUATE);
        return isKnown || decision == Decision.Known.FALSE ? decision : Decision.Known.EVALUATE;
    }

    private static Object grow(@Nullable Object at, Trace trace, int depth, Decision decision) {
        if (depth == trace.answers().size()) {
            return decision;
        }
        Trace.Answer answer = trace.answers().get(depth);
        Node node = at instanceof Node known ? known : new Node(answer.path());
        if (node.path == answer.path()) {
            Object next = node.branches.get(answer.sight());
            node.put(answer.sight(), grow(next, trace, depth + 1, decision));
        }
        return node;
    }

    /** Forgets all. */
    void clear() {
        root = null;
    }
}
