package dev.caracal.localaws.sns;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.HashMap;
import java.util.Map;

/**
 * A topic.
 *
 * @param arn {@code arn:aws:sns:region:account:name}
 * @param attributes those that were set: DisplayName, Policy
 */
record Topic(String arn, Map<String, String> attributes) {
    Topic {
        attributes = Map.copyOf(attributes);
    }

    static String arn(String region, String account, String name) {
        return String.join(":", "arn:aws:sns", region, account, name);
    }

    @JsonIgnore
    String owner() {
        return arn.split(":", 6)[4];
    }

    Topic withAttribute(String name, String value) {
        Map<String, String> changed = new HashMap<>(attributes);
        changed.put(name, value);
        return new Topic(arn, changed);
    }
}
