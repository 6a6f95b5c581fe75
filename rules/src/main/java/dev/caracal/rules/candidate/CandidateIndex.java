package dev.caracal.rules.candidate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds which rules of one log type can match an event.
 *
 * <p>First by the text at one path, such as {@code eventName}, that decides most of the rules: what
 * a rule answers when nothing else is known is found once per text and kept. Then each rule that is
 * left is evaluated on the event.
 *
 * <p>Sound: a rule left out gives exactly {@code False}. Not thread-safe.
 */
public final class CandidateIndex {

    private static final int MAX_TEXTS = 10_000;
    private static final int MAX_TEXT_LENGTH = 200;
    private static final int MAX_TRIED_PATHS = 8;

    /** Text that no rule asks for. */
    private static final String PROBE = "\u0001probe";

    private final Screen[] screens;
    private final int[] all;
    private final List<String> path;
    private final Map<String, int[]> undecidedByText = new HashMap<>();

    /**
     * @param screens of the log type's rules, in their order
     */
    public CandidateIndex(List<Screen> screens) {
        this.screens = screens.toArray(new Screen[0]);
        this.all = IntStream.range(0, screens.size()).toArray();
        this.path = choosePath(screens);
    }

    /** The positions of the rules that may match, in order. */
    public int[] candidates(byte[] json) {
        try {
            int[] undecided = undecided(json);
            boolean open = Arrays.stream(undecided).allMatch(i -> screens[i].isOpen());
            if (open) {
                return undecided;
            }
            Mapping event = EventReader.read(json);
            return Arrays.stream(undecided).filter(i -> !screens[i].isFalse(event)).toArray();
        } catch (IOException e) {
            return all;
        }
    }

    /** The path that the first decision is by, empty if there is none. */
    public List<String> path() {
        return path;
    }

    private int[] undecided(byte[] json) throws IOException {
        if (path.isEmpty()) {
            return all;
        }
        String text = EventReader.text(json, path);
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

    private static Mapping partial(List<String> path, String text) {
        Object value = text;
        for (int i = path.size() - 1; i >= 0; i--) {
            value = new Mapping.Partial(path.get(i), value);
        }
        return (Mapping) value;
    }

    /** Of the paths that most rules ask for, the one that decides the most. */
    private static List<String> choosePath(List<Screen> screens) {
        Map<List<String>, Integer> asked = new LinkedHashMap<>();
        screens.forEach(screen -> screen.paths().forEach(p -> asked.merge(p, 1, Integer::sum)));
        List<List<String>> tried =
                asked.entrySet().stream()
                        .sorted(Map.Entry.<List<String>, Integer>comparingByValue().reversed())
                        .limit(MAX_TRIED_PATHS)
                        .map(Map.Entry::getKey)
                        .toList();
        @Nullable List<String> best =
                tried.stream().max(Comparator.comparingLong(p -> decided(screens, p))).orElse(null);
        return best == null || decided(screens, best) == 0 ? List.of() : new ArrayList<>(best);
    }

    private static long decided(List<Screen> screens, List<String> path) {
        Mapping event = partial(path, PROBE);
        return screens.stream().filter(screen -> screen.isFalse(event)).count();
    }
}
