package dev.caracal.localaws.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caracal.localaws.http.AwsError;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPolicyTest {

    /** Attributes are written {@code name:type:value}, separated by {@code ;}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                          |                            | true",
                "{\"severity\": [\"HIGH\"]}                  | severity:String:HIGH       | true",
                "{\"severity\": [\"HIGH\"]}                  | severity:String:LOW        | false",
                "{\"severity\": [\"HIGH\"]}                  |                            | false",
                "{\"severity\": [\"HIGH\", \"LOW\"]}         | severity:String:LOW        | true",
                "{\"a\": [\"1\"], \"b\": [\"2\"]}            | a:String:1                 | false",
                "{\"a\": [\"1\"], \"b\": [\"2\"]}            | a:String:1;b:String:2      | true",
                "{\"a\": [{\"prefix\": \"AWS.\"}]}           | a:String:AWS.CloudTrail    | true",
                "{\"a\": [{\"prefix\": \"AWS.\"}]}           | a:String:Okta              | false",
                "{\"a\": [{\"suffix\": \"Trail\"}]}          | a:String:AWS.CloudTrail    | true",
                "{\"a\": [{\"equals-ignore-case\": \"HIGH\"}]} | a:String:high            | true",
                "{\"a\": [{\"anything-but\": [\"x\", \"y\"]}]} | a:String:z               | true",
                "{\"a\": [{\"anything-but\": [\"x\", \"y\"]}]} | a:String:y               | false",
                "{\"a\": [{\"anything-but\": \"x\"}]}        |                            | false",
                "{\"a\": [{\"anything-but\": {\"prefix\": \"x\"}}]} | a:String:xy         | false",
                "{\"a\": [{\"anything-but\": {\"prefix\": \"x\"}}]} | a:String:yx         | true",
                "{\"n\": [{\"numeric\": [\">\", 5]}]}        | n:Number:6                 | true",
                "{\"n\": [{\"numeric\": [\">\", 5]}]}        | n:Number:5                 | false",
                "{\"n\": [{\"numeric\": [\">=\", 1, \"<\", 3]}]} | n:Number:2.5           | true",
                "{\"n\": [{\"numeric\": [\">=\", 1, \"<\", 3]}]} | n:Number:3             | false",
                "{\"n\": [{\"numeric\": [\"=\", 3]}]}        | n:Number:3.0               | true",
                "{\"n\": [{\"numeric\": [\"=\", 3]}]}        | n:String:3                 | false",
                "{\"n\": [3]}                                | n:Number:3.0               | true",
                "{\"a\": [{\"exists\": true}]}               | a:String:x                 | true",
                "{\"a\": [{\"exists\": true}]}               |                            | false",
                "{\"a\": [{\"exists\": false}]}              | b:String:x                 | true",
                "{\"a\": [{\"exists\": false}]}              | a:String:x                 | false",
                "{\"a\": [\"x\"]}                            | a:String.Array:[\"w\",\"x\"] | true",
                "{\"a\": [\"x\"]}                            | a:String.Array:[\"w\"]     | false",
            })
    void attributesAreJudged(String policy, String attributes, boolean expected) {
        Map<String, Publication.Attribute> values = new HashMap<>();
        if (attributes != null) {
            for (String attribute : attributes.split(";", -1)) {
                String[] parts = attribute.split(":", 3);
                values.put(parts[0], new Publication.Attribute(parts[1], parts[2]));
            }
        }
        Publication publication = Publication.of(null, Map.of("default", "text"), values);
        assertThat(
                        FilterPolicy.parse(policy, FilterPolicy.Scope.MessageAttributes)
                                .accepts(publication, "text"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": {\"b\": [\"x\"]}}     | {\"a\": {\"b\": \"x\"}}                   | true",
                "{\"a\": {\"b\": [\"x\"]}}     | {\"a\": {\"b\": \"y\"}}                   | false",
                "{\"a\": {\"b\": [\"x\"]}}     | {\"a\": \"x\"}                            | false",
                "{\"a\": {\"b\": [\"x\"]}}     | {\"a\": [{\"b\": \"y\"}, {\"b\": \"x\"}]} | true",
                "{\"a\": {\"b\": [\"x\"]}}     | {\"a\": [{\"b\": \"y\"}]}                 | false",
                "{\"a\": [\"x\"]}              | {\"a\": [\"w\", \"x\"]}                   | true",
                "{\"a\": [null]}               | {\"a\": null}                             | true",
                "{\"a\": [true]}               | {\"a\": true}                             | true",
                "{\"a\": [true]}               | {\"a\": \"true\"}                         | false",
                "{\"a\": {\"b\": [{\"exists\": false}]}} | {\"a\": {}}                     | true",
                "{\"a\": [{\"numeric\": [\"<\", 0]}]}    | {\"a\": -1}                     | true",
                "{\"a\": [\"x\"]}              | no JSON                                   | false",
            })
    void theBodyIsJudged(String policy, String body, boolean expected) {
        Publication publication = Publication.of(null, Map.of("default", body), Map.of());
        assertThat(
                        FilterPolicy.parse(policy, FilterPolicy.Scope.MessageBody)
                                .accepts(publication, body))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{\"a\": \"x\"}",
                "{\"a\": []}",
                "{\"a\": {\"b\": [\"x\"]}}",
                "{\"a\": [{\"prefix\": 1}]}",
                "{\"a\": [{\"numeric\": [\"!\", 1]}]}",
                "{\"a\": [{\"numeric\": [\">\"]}]}",
                "{\"a\": [{\"exists\": \"yes\"}]}",
                "{\"a\": [{\"wildcard\": \"*\"}]}",
                "{\"$or\": [{\"a\": [\"x\"]}]}"
            })
    void whatIsNoPolicyIsRefused(String policy) {
        assertThatThrownBy(() -> FilterPolicy.parse(policy, FilterPolicy.Scope.MessageAttributes))
                .isInstanceOfSatisfying(
                        AwsError.class, e -> assertThat(e.code()).isEqualTo("InvalidParameter"));
    }
}
