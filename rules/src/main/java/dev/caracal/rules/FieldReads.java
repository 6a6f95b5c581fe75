package dev.caracal.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Value;

/**
 * Finds the fields that rules read, as far as their text says: keys that are constants, in the
 * rule's own file. For one thread at a time.
 */
public final class FieldReads implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PythonContext python;
    private final Value fieldReads;

    public FieldReads() {
        python =
                new PythonContext(
                        RuleEngine.DEFAULT_TIME_LIMIT,
                        RuleEngine.DEFAULT_LOAD_TIME_LIMIT,
                        new InMemoryRuleCache());
        python.load("reads.py");
        fieldReads = python.global("field_reads");
    }

    /**
     * Of the rule's YAML and, unless it is a derived rule, its Python; none of Python that cannot
     * be parsed.
     *
     * @param rule the source's metadata
     */
    public List<FieldRead> of(RuleSource source, RuleMetadata rule) {
        var reads = new ArrayList<FieldRead>();
        try {
            reads.addAll(new YamlReads(source).all());
        } catch (RuleException e) {
            throw new IllegalArgumentException("not the YAML of " + rule.ruleId(), e);
        }
        if (!source.isDerived() && !source.python().isEmpty()) {
            addPython(rule.pythonPath(), source.python(), reads);
        }
        return reads;
    }

    private void addPython(String path, String text, List<FieldRead> reads) {
        String json = python.load(fieldReads, text).asString();
        try {
            for (JsonNode read : JSON.readTree(json)) {
                var keys = new ArrayList<String>();
                read.path(2).forEach(key -> keys.add(key.asText()));
                reads.add(
                        new FieldRead(
                                path,
                                read.path(0).asInt(),
                                FieldRead.Kind.valueOf(read.path(1).asText()),
                                keys));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("reads.py wrote no JSON: " + json, e);
        }
    }

    @Override
    public void close() {
        python.close();
    }
}
