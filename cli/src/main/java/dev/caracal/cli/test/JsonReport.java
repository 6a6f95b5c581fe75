package dev.caracal.cli.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.rules.RuleFailure;
import dev.caracal.rules.RuleMetadata;
import dev.caracal.rules.RuleProblem;
import dev.caracal.rules.RuleTestResult;
import java.io.PrintStream;

/** One JSON object for the whole run. */
final class JsonReport implements TestReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private final ObjectNode root = JSON.createObjectNode();
    private final ArrayNode rules = root.putArray("rules");
    private final ArrayNode problems = root.putArray("problems");

    JsonReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void problem(RuleProblem problem) {
        problems.addObject()
                .put("path", problem.path())
                .put("line", problem.line())
                .put("reason", problem.reason());
    }

    @Override
    public void rule(RuleRun run) {
        run.problems().forEach(this::problem);
        run.report().ifPresent(report -> rule(run, report.rule()));
    }

    private void rule(RuleRun run, RuleMetadata rule) {
        ObjectNode json =
                rules.addObject()
                        .put("id", rule.ruleId())
                        .put("type", rule.type().yamlName())
                        .put("path", rule.path())
                        .put("severity", rule.severity().name())
                        .put("enabled", rule.enabled())
                        .put("passed", run.isGood())
                        .put("milliseconds", run.time().toMillis());
        rule.logTypes().forEach(json.putArray("logTypes")::add);
        rule.tags().forEach(json.putArray("tags")::add);
        ArrayNode tests = json.putArray("tests");
        run.results().forEach(result -> test(run, result, tests.addObject()));
    }

    private void test(RuleRun run, RuleTestResult result, ObjectNode json) {
        json.put("name", result.test().name())
                .put("line", result.test().line())
                .put("passed", result.passed())
                .put("expected", result.test().expectedResult())
                .put("matched", result.matched());
        if (!result.passed()) {
            json.put("reason", result.reason());
        }
        result.error().ifPresent(failure -> failure(failure, json.putObject("error")));
        ObjectNode functions = json.putObject("functions");
        for (FunctionRun function : FunctionRun.of(run.source(), result)) {
            function(function, functions.putObject(function.name()));
        }
    }

    private static void function(FunctionRun function, ObjectNode json) {
        json.put("ran", function.ran());
        String output = function.output();
        if (output != null && function.isJson()) {
            json.set("output", read(output, json));
        } else if (output != null) {
            json.put("output", output);
        }
        RuleFailure failure = function.failure();
        if (failure != null) {
            failure(failure, json.putObject("error"));
        }
    }

    /** Text if it is no JSON after all, as a template's output may be. */
    private static JsonNode read(String output, ObjectNode json) {
        try {
            return JSON.readTree(output);
        } catch (JsonProcessingException e) {
            return json.textNode(output);
        }
    }

    private static void failure(RuleFailure failure, ObjectNode json) {
        json.put("kind", failure.kind()).put("text", failure.text());
        failure.trace().forEach(json.putArray("trace")::add);
    }

    @Override
    public void end(TestSummary summary) {
        root.putObject("summary")
                .put("rules", summary.rules())
                .put("tests", summary.tests())
                .put("passed", summary.passed())
                .put("failed", summary.failed())
                .put("errors", summary.errors());
        out.println(root.toPrettyString());
        out.flush();
    }
}
