package dev.caracal.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTemplateTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode document() throws Exception {
        return JSON.readTree(
                """
                {"title": "Root \\"login\\"\\nby <eve>", "count": 3, "empty": "", "none": null,
                 "tags": ["a", "b"], "context": {"user": {"name": "Eve"}, "evil": "{{title}}"},
                 "severity": "HIGH", "emoji": "ab😀cd"}
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "plain text ~ plain text",
                "{{count}} matches ~ 3 matches",
                "by {{context.user.name}} ~ by Eve",
                "{{tags}} ~ a, b",
                "{{tags.1}}{{tags.7}}{{tags.x}} ~ b",
                "[{{empty}}{{none}}{{missing.path}}] ~ []",
                "{{context.user}} ~ {\"name\":\"Eve\"}",
                "{{title|line}} ~ Root \"login\" by <eve>",
                "{{title|line|entities}} ~ Root \"login\" by &lt;eve&gt;",
                "{{title|line|max:9}} ~ Root \"...",
                "{{emoji|max:6}} ~ ab😀cd",
                "{{emoji|max:5}} ~ ab...",
                "x{{emoji|line|max:6}} ~ xab😀cd",
                "{{severity|map:LOW=P4,HIGH=P2}} ~ P2",
                "[{{severity|map:LOW=P4}}] ~ []",
                "{{severity|map:LOW=P4|default:P3}} ~ P3",
                "{{missing|default:no runbook}} ~ no runbook",
                "Basic {{context.user.name|base64}} ~ Basic RXZl",
                "{{context.evil}} ~ {{title}}",
            })
    void placeholdersBecomeText(String template, String expected) throws Exception {
        assertThat(TextTemplate.parse(template).render(document())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{{title ~ not closed",
                "{{}} ~ expected a path",
                "{{a..b}} ~ expected a path",
                "{{a b}} ~ expected a path",
                "{{a|shout}} ~ there is no filter \"shout\"",
                "{{a|max:some}} ~ max is \"some\"",
                "{{a|max:2}} ~ max is 2",
                "{{a|map:b}} ~ expected FROM=TO",
            })
    void aWrongTemplateIsRefused(String template, String expected) {
        assertThatThrownBy(() -> TextTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void jsonIsFilledInByValueSoThatNothingBreaksOut() throws Exception {
        JsonTemplate template =
                JsonTemplate.parse(
                        """
                        {"title": "{{title}}", "text": "> {{title|line}}", "number": "{{count}}",
                         "context": "{{context}}", "none": "{{missing}}", "on": true,
                         "fields": [{"v": "{{tags}}"}, {"v": "{{tags|max:10}}"}]}
                        """);

        assertThat(template.render(document()))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"title": "Root \\"login\\"\\nby <eve>",
                                 "text": "> Root \\"login\\" by <eve>", "number": 3,
                                 "context": {"user": {"name": "Eve"}, "evil": "{{title}}"},
                                 "none": null, "on": true,
                                 "fields": [{"v": ["a", "b"]}, {"v": "a, b"}]}
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"a\": ~ no JSON",
                "{\"a\": 1, \"a\": 2} ~ no JSON",
                "{} {} ~ no JSON",
                "{\"a\": [\"{{b|shout}}\"]} ~ there is no filter",
            })
    void aWrongJsonTemplateIsRefused(String template, String expected) {
        assertThatThrownBy(() -> JsonTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }
}
