package dev.caracal.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester;
import dev.caracal.cli.CommandTester.Outcome;
import org.junit.jupiter.api.Test;

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
}
