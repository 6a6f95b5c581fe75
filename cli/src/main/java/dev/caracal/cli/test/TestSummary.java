package dev.caracal.cli.test;

/** What there is to count of a run. */
record TestSummary(int rules, int passed, int failed, int errors) {

    static final TestSummary NOTHING = new TestSummary(0, 0, 0, 0);

    TestSummary plus(RuleRun run) {
        return new TestSummary(
                rules + 1,
                passed + run.passed(),
                failed + run.failed(),
                errors + run.problems().size());
    }

    TestSummary plusErrors(int more) {
        return new TestSummary(rules, passed, failed, errors + more);
    }

    int tests() {
        return passed + failed;
    }

    boolean isGood() {
        return failed + errors == 0;
    }

    @Override
    public String toString() {
        return rules
                + " rules, "
                + tests()
                + " tests: "
                + passed
                + " passed, "
                + failed
                + " failed, "
                + errors
                + " errors";
    }
}
