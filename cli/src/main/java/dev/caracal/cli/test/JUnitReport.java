package dev.caracal.cli.test;

import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleTestResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * XML as JUnit writes it, which build servers show: a suite for each rule, a case for each test.
 */
final class JUnitReport implements TestReport {

    private final PrintStream out;
    private final XMLStreamWriter xml;

    JUnitReport(PrintStream out) throws XMLStreamException {
        this.out = out;
        xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
        xml.writeStartDocument("UTF-8", "1.0");
        line();
        xml.writeStartElement("testsuites");
        line();
    }

    private interface Step {
        void run() throws XMLStreamException;
    }

    private void write(Step step) {
        try {
            step.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write XML: " + e.getMessage(), e);
        }
    }

    @Override
    public void problem(RuleProblem problem) {
        write(
                () -> {
                    startSuite(problem.path(), problem.path(), 1, 0, 1, Duration.ZERO);
                    error(problem.path(), problem);
                    end();
                });
    }

    @Override
    public void rule(RuleRun run) {
        write(
                () -> {
                    int errors = run.problems().size();
                    startSuite(
                            run.name(),
                            run.source().path(),
                            run.results().size() + errors,
                            run.failed(),
                            errors,
                            run.time());
                    for (RuleProblem problem : run.problems()) {
                        error(run.name(), problem);
                    }
                    for (RuleTestResult result : run.results()) {
                        test(run, result);
                    }
                    end();
                });
    }

    private void startSuite(
            String name, String file, int tests, int failures, int errors, Duration time)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        attribute("name", name);
        attribute("file", file);
        attribute("tests", tests);
        attribute("failures", failures);
        attribute("errors", errors);
        attribute("time", String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0));
        line();
    }

    private void end() throws XMLStreamException {
        xml.writeEndElement();
        line();
    }

    private void test(RuleRun run, RuleTestResult result) throws XMLStreamException {
        startCase(result.test().name(), run.name(), run.source().path(), result.test().line());
        if (!result.passed()) {
            xml.writeStartElement("failure");
            attribute("message", result.reason());
            xml.writeCharacters(allowed(String.join("\n", ResultText.lines(run, result))));
            xml.writeEndElement();
        }
        xml.writeStartElement("system-out");
        xml.writeCharacters(allowed(functions(run, result)));
        xml.writeEndElement();
        end();
    }

    private static String functions(RuleRun run, RuleTestResult result) {
        var text = new StringJoiner("\n");
        FunctionRun.of(run.source(), result)
                .forEach(function -> text.add(ResultText.line(function)));
        return text.toString();
    }

    private void error(String name, RuleProblem problem) throws XMLStreamException {
        startCase("is read and compiled", name, problem.path(), problem.line());
        xml.writeEmptyElement("error");
        attribute("message", problem.toString());
        end();
    }

    private void startCase(String name, String className, String file, int line)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("name", name);
        attribute("classname", className);
        attribute("file", file);
        attribute("line", line);
    }

    private void attribute(String name, Object value) throws XMLStreamException {
        xml.writeAttribute(name, allowed(value.toString()));
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    /** Without the characters that XML 1.0 cannot hold (section 2.2 of its specification). */
    private static String allowed(String text) {
        return text.codePoints()
                .map(c -> isAllowed(c) ? c : '\ufffd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }

    @Override
    public void end(TestSummary summary) {
        write(
                () -> {
                    xml.writeEndElement();
                    xml.writeEndDocument();
                    xml.flush();
                });
        out.println();
        out.flush();
    }
}
