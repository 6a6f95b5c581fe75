package dev.caracal.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester;
import dev.caracal.cli.CommandTester.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillCommandTest {

    @Test
    void theListNamesEveryFault() {
        Outcome outcome = CommandTester.run("drill", "--list");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.outLines()).hasSameSizeAs(Faults.all());
        assertThat(outcome.outLines())
                .first()
                .asString()
                .startsWith("kill-taskmanager ")
                .contains("kill -9");
    }

    @Test
    void aFaultThatDoesNotExistIsWrongUsage() {
        Outcome outcome = CommandTester.run("drill", "--fault=earthquake");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--fault is earthquake, expected one of kill-taskmanager, ");
    }

    @ParameterizedTest
    @CsvSource({
        "--rate=0, '--rate, --soak and --capacity take whole numbers above 0'",
        "--capacity=-1, '--rate, --soak and --capacity take whole numbers above 0'",
        "--capacity=1 --soak=1, --soak and --capacity exclude each other"
    })
    void whatCannotBeMeasuredIsWrongUsage(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of("drill"));
        arguments.addAll(List.of(options.split(" ")));

        Outcome outcome = CommandTester.run(arguments.toArray(String[]::new));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }
}
