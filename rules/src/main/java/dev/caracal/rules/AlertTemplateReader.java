package dev.caracal.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a rule's YAML says of its alerts. */
final class AlertTemplateReader {

    private AlertTemplateReader() {}

    static AlertTemplate read(RuleYaml yaml) throws RuleException {
        return new AlertTemplate(
                title(yaml.with("AlertTitle")),
                groupBy(yaml.with("GroupBy")),
                severities(yaml.with("DynamicSeverities")),
                context(yaml.with("AlertContext")),
                yaml.isDerived());
    }

    /** {@code {key}} stands for a value; braces with anything but a path stay as they are. */
    private static List<AlertTemplate.TitlePart> title(YamlMap yaml) throws RuleException {
        String text = yaml.text("AlertTitle");
        var parts = new ArrayList<AlertTemplate.TitlePart>();
        int done = 0;
        while (text != null && done < text.length()) {
            int open = text.indexOf('{', done);
            int close = text.indexOf('}', open);
            if (open < 0 || close < 0) {
                parts.add(new AlertTemplate.Text(text.substring(done)));
                break;
            }
            if (open > done) {
                parts.add(new AlertTemplate.Text(text.substring(done, open)));
            }
            parts.add(reference(text.substring(open, close + 1)));
            done = close + 1;
        }
        return List.copyOf(parts);
    }

    private static AlertTemplate.TitlePart reference(String braced) {
        String path = braced.substring(1, braced.length() - 1);
        if (path.chars().anyMatch(Character::isWhitespace)) {
            return new AlertTemplate.Text(braced);
        }
        try {
            return new AlertTemplate.Reference(KeySpecifier.path(path));
        } catch (IllegalArgumentException e) {
            return new AlertTemplate.Text(braced);
        }
    }

    private static List<KeySpecifier> groupBy(YamlMap yaml) throws RuleException {
        var keys = new ArrayList<KeySpecifier>();
        for (YamlMap key : yaml.maps("GroupBy")) {
            keys.add(MatchExpressionReader.key(key));
        }
        return List.copyOf(keys);
    }

    private static List<AlertTemplate.DynamicSeverity> severities(YamlMap yaml)
            throws RuleException {
        var severities = new ArrayList<AlertTemplate.DynamicSeverity>();
        for (YamlMap severity : yaml.maps("DynamicSeverities")) {
            severity.requireKeys(Set.of("ChangeTo", "Conditions"), "a dynamic severity");
            severities.add(
                    new AlertTemplate.DynamicSeverity(
                            RuleReader.severity(severity, "ChangeTo"),
                            MatchExpressionReader.all(severity.maps("Conditions"))));
        }
        return List.copyOf(severities);
    }

    private static Map<String, KeySpecifier> context(YamlMap yaml) throws RuleException {
        var context = new LinkedHashMap<String, KeySpecifier>();
        for (YamlMap entry : yaml.maps("AlertContext")) {
            entry.requireKeys(Set.of("KeyName", "KeyValue"), "an entry of AlertContext");
            context.put(
                    entry.text("KeyName", "the entry's name"),
                    MatchExpressionReader.key(entry.map("KeyValue")));
        }
        return context;
    }
}
