package dev.caracal.localaws.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The faults that are switched on. */
public final class Faults {
    private final List<Armed> armed = new ArrayList<>();

    private static final class Armed {
        private final Fault fault;
        private final Random dice;
        private int struck;

        private Armed(Fault fault) {
            this.fault = fault;
            dice = new Random(fault.seed() == null ? 0 : fault.seed());
        }

        private boolean matches(
                Fault.Kind kind,
                @Nullable String bucket,
                @Nullable String key,
                @Nullable String operation) {
            return fault.kind() == kind
                    && (fault.bucket() == null || fault.bucket().equals(bucket))
                    && (fault.keyPrefix() == null
                            || (key != null && key.startsWith(fault.keyPrefix())))
                    && (fault.operation() == null || fault.operation().equals(operation));
        }

        private boolean strikes() {
            if (fault.count() != null && struck >= fault.count()) {
                return false;
            }
            if (fault.probability() != null && dice.nextDouble() >= fault.probability()) {
                return false;
            }
            struck++;
            return true;
        }
    }

    public synchronized void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    public synchronized void clear() {
        armed.clear();
    }

    public synchronized void replace(List<Fault> faults) {
        armed.clear();
        faults.forEach(this::add);
    }

    /** Those that have strikes left. */
    public synchronized List<Fault> all() {
        return armed.stream()
                .filter(one -> one.fault.count() == null || one.struck < one.fault.count())
                .map(one -> one.fault)
                .toList();
    }

    /** The first fault of a kind that strikes now; asking counts. */
    public synchronized Optional<Fault> strike(
            Fault.Kind kind,
            @Nullable String bucket,
            @Nullable String key,
            @Nullable String operation) {
        return armed.stream()
                .filter(one -> one.matches(kind, bucket, key, operation))
                .filter(Armed::strikes)
                .findFirst()
                .map(one -> one.fault);
    }

    /** {@link #strike(Fault.Kind, String, String, String)} where no bucket is concerned. */
    public Optional<Fault> strike(Fault.Kind kind) {
        return strike(kind, null, null, null);
    }
}
