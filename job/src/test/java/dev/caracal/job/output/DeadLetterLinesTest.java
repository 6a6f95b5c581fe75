package dev.caracal.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caracal.connectors.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadLetterLinesTest {

    private static DeadLetter letter(String text) {
        return new DeadLetter("parse", "malformed", text, "acme", "s3://b/" + text, 3, text, 0);
    }

    private static String line(String text) {
        return new String(new DeadLetterLines().line(letter(text)), StandardCharsets.UTF_8);
    }

    @Test
    void theyLieByStageAndDay() {
        assertThat(new DeadLetterLines().partition(letter("x")))
                .isEqualTo("dead-letters/stage=parse/year=1970/month=01/day=01");
    }

    /** Else a log could forge lines of its own, or steer the terminal that shows them. */
    @Test
    void controlCharactersAreEscaped() throws Exception {
        String controls =
                IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f))
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        String text = "Grüße, 東京 \"" + controls + "\u2028\u202e";

        String line = line(text);

        assertThat(line.chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(line).contains("Grüße, 東京", "\\u001B", "\\u009B", "\\u2028", "\\u202E");
        assertThat(new ObjectMapper().readTree(line).path("text").asText()).isEqualTo(text);
    }
}
