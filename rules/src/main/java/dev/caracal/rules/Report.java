package dev.caracal.rules;

import java.util.List;
import java.util.Objects;

/**
 * What a rule covers of a compliance framework.
 *
 * @param framework such as {@code MITRE ATT&CK}
 * @param sections such as {@code TA0003:T1136}
 */
public record Report(String framework, List<String> sections) {

    public Report {
        Objects.requireNonNull(framework, "framework is null");
        Objects.requireNonNull(sections, "sections is null");
    }
}
