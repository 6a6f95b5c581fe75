package dev.caracal.job.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.DeadLetter;
import dev.caracal.connectors.files.S3FileSink;

/** Dead letters under {@code dead-letters/stage=parse/year=2026/month=11/day=24}. */
public final class DeadLetterLines implements S3FileSink.Encoder<DeadLetter> {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        JSON.getFactory().setCharacterEscapes(new ControlEscapes());
    }

    @Override
    public String partition(DeadLetter deadLetter) {
        return "dead-letters/stage="
                + deadLetter.stage()
                + '/'
                + DatePartition.day(deadLetter.timeMillis());
    }

    /** Control characters are escaped: a log must not steer the terminal that shows it. */
    @Override
    public byte[] line(DeadLetter deadLetter) {
        try {
            return JSON.writeValueAsBytes(deadLetter);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A dead letter of strings cannot be written", e);
        }
    }
}
