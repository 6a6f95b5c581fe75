package dev.caracal.cli.samples;

import java.util.Objects;

/** One thing that an account does in the demo, and what must come out of it. */
public sealed interface Sample {

    Tally expected();

    /** Stores an object in the account's bucket, which S3 then announces. */
    record Stored(SampleAccount account, String key, byte[] content, Tally expected)
            implements Sample {
        public Stored {
            Objects.requireNonNull(account, "account is null");
            Objects.requireNonNull(key, "key is null");
            Objects.requireNonNull(content, "content is null");
            Objects.requireNonNull(expected, "expected is null");
        }
    }

    /** Announces an object of the account's bucket, whether it was announced before or exists. */
    record Announced(SampleAccount account, String key, Tally expected) implements Sample {
        public Announced {
            Objects.requireNonNull(account, "account is null");
            Objects.requireNonNull(key, "key is null");
            Objects.requireNonNull(expected, "expected is null");
        }
    }

    /** Publishes a text to the account's topic, instead of a notification. */
    record Published(SampleAccount account, String text, Tally expected) implements Sample {
        public Published {
            Objects.requireNonNull(account, "account is null");
            Objects.requireNonNull(text, "text is null");
            Objects.requireNonNull(expected, "expected is null");
        }
    }
}
