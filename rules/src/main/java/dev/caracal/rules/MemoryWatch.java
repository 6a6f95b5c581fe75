package dev.caracal.rules;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * Notices modules that keep more and more between events. GraalPy has no limit of memory outside
 * its enterprise edition, so this looks at one of the rules just asked, and at one global, at every
 * {@value #EVERY}th event that Python judges; {@code memory.py} is its other half.
 */
final class MemoryWatch {

    static final int EVERY = 1024;

    /** What a module may have grown by since it was first looked at. */
    static final long MOST_BYTES = 16L << 20;

    private final PythonContext python;
    private final Value ofRule;
    private final Value ofModule;
    private final Value forget;
    private int events;

    MemoryWatch(PythonContext python) {
        this.python = python;
        Value growth = python.global("Growth").newInstance();
        ofRule = growth.getMember("of_rule");
        ofModule = growth.getMember("of_module");
        forget = growth.getMember("forget");
    }

    boolean isDue() {
        return ++events % EVERY == 0;
    }

    /** One of so many, another each time. */
    int turn(int size) {
        return events / EVERY % size;
    }

    /** What to say of a rule that has grown too much, and is to be loaded afresh. */
    Optional<RuleWarning> look(LoadedRule rule) {
        Value module = rule.python();
        OptionalLong grown = module == null ? OptionalLong.empty() : tooMuch(ofRule, module);
        return warning(
                rule.source().path(),
                grown,
                "Rule %s held on to more and more between events, and was loaded afresh at about %d MB",
                rule.metadata().ruleId());
    }

    /** What to say of a global that has grown too much since it was last looked at. */
    Optional<RuleWarning> look(GlobalModule module) {
        OptionalLong grown = tooMuch(ofModule, module.name());
        if (grown.isPresent()) {
            python.call(forget, module.name());
        }
        return warning(
                module.source().path(),
                grown,
                "Global %s holds on to more and more between events: about %d MB since it was last"
                        + " looked at",
                module.name());
    }

    private static Optional<RuleWarning> warning(
            String path, OptionalLong grown, String text, String name) {
        if (grown.isEmpty()) {
            return Optional.empty();
        }
        String full = String.format(Locale.ROOT, text, name, grown.getAsLong() >> 20);
        return Optional.of(new RuleWarning(RuleWarning.Reason.HOLDS_MEMORY, path, full));
    }

    private OptionalLong tooMuch(Value function, Object argument) {
        try {
            long grown = python.call(function, argument).asLong();
            return grown > MOST_BYTES ? OptionalLong.of(grown) : OptionalLong.empty();
        } catch (PolyglotException e) {
            return OptionalLong.empty(); // a look that takes too long, or fails, says nothing
        }
    }
}
