package dev.caracal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caracal.cli.CommandTester.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestCommandTest {

    @Test
    void theBuiltInRulesPassTheirTests() {
        Outcome outcome = CommandTester.run("test");

        assertThat(outcome.outLines())
                .last()
                .asString()
                .matches("10 rules, \\d+ tests: \\d+ passed, 0 failed, 0 errors");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void aRuleThatComesWithTheDemoPassesItsTests() {
        String rule = CommandTester.resource("demo/watched_person.yml");

        assertThat(CommandTester.run("test", "--verbose", rule).out())
                .contains("PASS ", "1 rules, 2 tests: 2 passed, 0 failed, 0 errors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules/bad/wrong_expectation.yml | FAIL | 'Wrongly expected': expected true, got false",
                "rules/bad/no_python.yml | ERROR | no_such.py",
                "rules/bad/raises.yml | FAIL | rule() raised KeyError",
                "rules/bad/syntax.yml | ERROR | syntax",
            })
    void aRuleThatDoesNotPassIsNamedWithTheReason(String rule, String word, String reason) {
        Outcome outcome = CommandTester.run("test", CommandTester.resource(rule));

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.outLines().get(0)).startsWith(word).contains(reason);
    }

    @Test
    void aFolderOfRulesIsTestedWholeAndTheSummaryCountsAll() {
        Outcome outcome = CommandTester.run("test", CommandTester.resource("rules"));

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.outLines())
                .last()
                .isEqualTo("4 rules, 3 tests: 1 passed, 2 failed, 2 errors");
    }

    @Test
    void aRulePackIsTestedWithItsGlobalsAndWhatIsNotRunIsCounted() {
        Outcome outcome = CommandTester.run("test", CommandTester.resource("pack"));

        assertThat(outcome.status()).isZero();
        assertThat(outcome.outLines().get(0))
                .startsWith(
                        "1 globals and data models, 0 lookup tables, 1 more without data; not run"
                                + " here: nothing; ");
        assertThat(outcome.outLines())
                .last()
                .isEqualTo("1 rules, 2 tests: 2 passed, 0 failed, 0 errors");
    }

    @Test
    void oneRuleOfAPackFindsThePacksGlobals() {
        String rule = CommandTester.resource("pack/rules/door_rules/door.yml");

        assertThat(CommandTester.run("test", rule).outLines())
                .containsExactly("1 rules, 2 tests: 2 passed, 0 failed, 0 errors");
    }

    @Test
    void aZipFileOfAPackIsTestedWhole(@TempDir Path folder) throws IOException {
        Path pack = Path.of(CommandTester.resource("pack"));
        Path zip = folder.resolve("pack.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                Stream<Path> files = Files.walk(pack)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(pack.relativize(file).toString()));
                Files.copy(file, out);
            }
        }

        assertThat(CommandTester.run("test", zip.toString()).outLines())
                .last()
                .isEqualTo("1 rules, 2 tests: 2 passed, 0 failed, 0 errors");
    }
}
