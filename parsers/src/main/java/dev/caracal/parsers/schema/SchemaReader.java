package dev.caracal.parsers.schema;

import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a schema from YAML.
 *
 * <p>Top level: {@code schema} (the log type's name), {@code version} (0, the default), {@code
 * description}, {@code referenceURL}, {@code fields}, {@code parser}, {@code definitions}, {@code
 * caseInsensitive}. Unknown keys, wrong types and bad values are refused with file and line.
 *
 * <p>A schema may hold its own tests, under {@code Tests} or {@code tests}.
 */
public final class SchemaReader {

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*(\\.[A-Z][A-Za-z0-9]*)*");

    /** More than as many levels of fields as {@link FieldReader} allows can need. */
    private static final int MAX_YAML_DEPTH = 200;

    private SchemaReader() {}

    /**
     * Reads one schema.
     *
     * @param file how messages call the file
     */
    public static Schema read(String file, Reader yaml) throws SchemaException {
        return readFile(file, yaml).schema();
    }

    /**
     * Reads one schema with its tests.
     *
     * @param file how messages call the file
     */
    public static SchemaFile readFile(String file, Reader yaml) throws SchemaException {
        YamlValue root = new YamlValue(file, "the schema", compose(file, yaml));
        Schema schema = schema(root);
        return new SchemaFile(root, schema, SchemaTestReader.read(root.anyMembers()));
    }

    private static Schema schema(YamlValue root) throws SchemaException {
        Map<String, YamlValue> members =
                root.members(
                        "schema",
                        "Tests",
                        "tests",
                        "version",
                        "description",
                        "referenceURL",
                        "fields",
                        "parser",
                        "definitions",
                        "caseInsensitive");
        YamlValue nameValue = root.required(members, "schema");
        String name = nameValue.string();
        if (name.length() < 3 || !NAME.matcher(name).matches()) {
            throw nameValue.wrong(
                    "expected a name such as Vendor.Name for schema, found '" + name + "'");
        }
        YamlValue version = members.get("version");
        if (version != null && version.number() != 0) {
            throw version.wrong("expected version 0, found " + version.number());
        }
        YamlValue definitions = members.get("definitions");
        FieldReader fieldReader =
                new FieldReader(definitions == null ? Map.of() : definitions.anyMembers());
        fieldReader.checkDefinitions();
        List<Field> fields = fieldReader.fields(root.required(members, "fields"), true);
        ParserSpec parser = ParserSpecReader.read(members.get("parser"));
        return new Schema(
                name,
                YamlValue.optional(members, "description", name + " log type"),
                referenceUrl(members.get("referenceURL")),
                fields,
                parser,
                YamlValue.flag(members, "caseInsensitive"));
    }

    private static String referenceUrl(@Nullable YamlValue value) throws SchemaException {
        if (value == null || value.string().equals("-")) {
            return "";
        }
        try {
            String scheme = String.valueOf(new URI(value.string()).getScheme());
            if (scheme.equals("http") || scheme.equals("https")) {
                return value.string();
            }
        } catch (URISyntaxException e) {
            // The message below says it.
        }
        throw value.wrong(
                "expected an http or https address for referenceURL, found '"
                        + value.string()
                        + "'");
    }

    private static Node compose(String file, Reader yaml) throws SchemaException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(100);
        options.setNestingDepthLimit(MAX_YAML_DEPTH);
        try {
            Node node = new Yaml(options).compose(yaml);
            if (node == null) {
                throw new SchemaException(file, 1, "the file is empty");
            }
            YamlExpansion.check(file, node, MAX_YAML_DEPTH);
            return node;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new SchemaException(file, line, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new SchemaException(file, 1, "not YAML: " + e.getMessage());
        }
    }
}
