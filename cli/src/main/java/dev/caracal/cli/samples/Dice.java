package dev.caracal.cli.samples;

import java.util.List;
import java.util.Random;

/** Chance that falls the same way on every run. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** From {@code least} to {@code most}, both possible. */
    int number(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String hex(int digits) {
        return letters(digits, "0123456789abcdef");
    }

    String letters(int length, String alphabet) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    String uuid() {
        return String.join("-", hex(8), hex(4), "4" + hex(3), "8" + hex(3), hex(12));
    }

    /** An address of the documentation network 203.0.113.0/24 (RFC 5737). */
    String visitorAddress() {
        return "203.0.113." + number(1, 254);
    }

    String privateAddress() {
        return "10.0." + number(0, 7) + '.' + number(4, 254);
    }
}
