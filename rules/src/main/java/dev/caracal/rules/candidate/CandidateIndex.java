package dev.caracal.rules.candidate;

import dev.caracal.parsers.json.MismatchException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds which rules of one log type match an event, as far as that is certain without Python.
 *
 * <p>First by the text at one path, such as {@code eventName}, that decides most of the rules: what
 * a rule answers when nothing else is known is found once per text and kept. Then each rule that is
 * left is decided by what it said of an event that looked the same to it, or else evaluated.
 *
 * <p>An event's {@code p_log_type}, if it has one, is the log type.
 *
 * <p>Sound: a rule that is left out gives exactly {@code False}, and one that matches gives exactly
 * these outputs. Not thread-safe.
 */
public final class CandidateIndex {

    private static final int MAX_TEXTS = 10_000;
    private static final int MAX_TEXT_LENGTH = 200;
    private static final int MAX_TRIED_PATHS = 8;

    /** Text that no rule asks for. */
    private static final String PROBE = "\u0001probe";

    private final Screen[] screens;
    private final Fields fields;
    private final CacheCalls cache;
    private final int[] all;
    private final List<String> path;
    private final Map<String, int[]> undecidedByText = new HashMap<>();
    private final DecisionTrees trees;
    private final EventReader reader = new EventReader();

    /**
     * @param screens of the log type's rules, in their order
     * @param fields of the log type's data model
     * @param cache that the rules ask
     */
    public CandidateIndex(List<Screen> screens, Fields fields, CacheCalls cache) {
        this(screens, fields, cache, null);
    }

    private CandidateIndex(
            List<Screen> screens, Fields fields, CacheCalls cache, @Nullable DecisionTrees before) {
        this.screens = screens.toArray(new Screen[0]);
        this.fields = fields;
        this.cache = cache;
        this.all = IntStream.range(0, screens.size()).toArray();
        this.path = choosePath();
        this.trees = new DecisionTrees(this.screens, fields, before);
    }

    /**
     * The index of other rules of the log type, which knows of the same screens what this one does.
     */
    public CandidateIndex with(List<Screen> others) {
        return new CandidateIndex(others, fields, cache, trees);
    }

    /** Which rules match, may match, or do not. */
    public Candidates candidates(byte[] json) {
        try {
            int[] undecided = undecided(json);
            boolean open = Arrays.stream(undecided).allMatch(i -> screens[i].isOpen());
            return open
                    ? Candidates.undecided(undecided)
                    : judge(undecided, reader.read(json, fields));
        } catch (MismatchException | Unsure e) {
            return Candidates.undecided(all);
        }
    }

    private Candidates judge(int[] positions, Mapping.EventObject event) {
        int[] undecided = new int[positions.length];
        int count = 0;
        List<Candidates.Matched> matched = new ArrayList<>();
        List<Candidates.Raising> raising = new ArrayList<>();
        Sights sights = trees.sights(event);
        for (int position : positions) {
            Decision decision = trees.decide(position, event, sights);
            if (decision == Decision.Known.FALSE) {
                continue;
            }
            if (decision instanceof Decision.Raises raises) {
                raising.add(new Candidates.Raising(position, raises.number()));
                continue;
            }
            boolean isOpen = decision == Decision.Known.PYTHON;
            Verdict verdict = isOpen ? null : screens[position].judge(event, cache);
            if (verdict == null) {
                undecided[count++] = position;
            } else if (verdict.matches()) {
                matched.add(new Candidates.Matched(position, verdict.outputs(), verdict.raising()));
            }
        }
        return new Candidates(Arrays.copyOf(undecided, count), matched, raising);
    }

    /** The path that the first decision is by, empty if there is none. */
    public List<String> path() {
        return path;
    }

    private int[] undecided(byte[] json) throws MismatchException {
        if (path.isEmpty()) {
            return all;
        }
        String text = reader.text(json, path);
        if (text == null || text.length() > MAX_TEXT_LENGTH) {
            return all;
        }
        int[] known = undecidedByText.get(text);
        if (known != null) {
            return known;
        }
        if (undecidedByText.size() == MAX_TEXTS) {
            undecidedByText.clear();
        }
        Mapping event = partial(path, text);
        int[] undecided = Arrays.stream(all).filter(i -> !screens[i].isFalse(event)).toArray();
        undecidedByText.put(text, undecided);
        return undecided;
    }

    private Mapping partial(List<String> path, String text) {
        Object value = text;
        for (int i = path.size() - 1; i > 0; i--) {
            value = new Mapping.Partial(path.get(i), value, null);
        }
        return new Mapping.Partial(path.get(0), value, fields);
    }

    /** Of the paths that most rules ask for, the one that decides the most. */
    private List<String> choosePath() {
        Map<List<String>, Integer> asked = new LinkedHashMap<>();
        for (Screen screen : screens) {
            screen.paths().forEach(p -> asked.merge(p, 1, Integer::sum));
        }
        List<List<String>> tried =
                asked.entrySet().stream()
                        .sorted(Map.Entry.<List<String>, Integer>comparingByValue().reversed())
                        .limit(MAX_TRIED_PATHS)
                        .map(Map.Entry::getKey)
                        .toList();
        List<String> best = List.of();
        long most = 0;
        for (List<String> candidate : tried) {
            Mapping event = partial(candidate, PROBE);
            long decided = Arrays.stream(screens).filter(s -> s.isFalse(event)).count();
            if (decided > most) {
                best = candidate;
                most = decided;
            }
        }
        return best;
    }
}
