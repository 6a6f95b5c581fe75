package dev.caracal.localaws.s3;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.caracal.localaws.StateFile;
import dev.caracal.localaws.http.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The buckets of all accounts, kept in the state file; their objects are S3Proxy's. */
final class Buckets {
    private final Map<String, Bucket> buckets = new TreeMap<>();
    private final StateFile state;

    Buckets(StateFile state) {
        this.state = state;
        state.read("buckets", new TypeReference<List<Bucket>>() {})
                .forEach(bucket -> buckets.put(bucket.name(), bucket));
    }

    synchronized Optional<Bucket> find(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    synchronized List<Bucket> of(String account) {
        return buckets.values().stream().filter(b -> b.account().equals(account)).toList();
    }

    /** Claims a name for an account; 409 where it is taken. */
    synchronized void claim(String name, String account, String region) {
        Bucket known = buckets.get(name);
        if (known == null) {
            put(new Bucket(name, account, region, List.of()));
            return;
        }
        if (known.account().equals(account)) {
            throw new AwsError(
                    409,
                    "BucketAlreadyOwnedByYou",
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
        throw new AwsError(
                409, "BucketAlreadyExists", "The requested bucket name is not available.");
    }

    synchronized void put(Bucket bucket) {
        buckets.put(bucket.name(), bucket);
        save();
    }

    synchronized void remove(String name) {
        buckets.remove(name);
        save();
    }

    private void save() {
        state.write("buckets", List.copyOf(buckets.values()));
    }
}
