package dev.caracal.job.destination;

import java.util.Objects;

/**
 * A destination's file of the control location, as written.
 *
 * @param path for example {@code destinations/oncall.yml}
 */
public record DestinationSource(String path, String yaml) {

    public DestinationSource {
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(yaml, "yaml is null");
    }

    /** A defect of the reader refuses the file: it must not stop the job. */
    Destination read() {
        try {
            return DestinationReader.read(path, yaml);
        } catch (DestinationException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new DestinationException(
                    path, 1, "cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
