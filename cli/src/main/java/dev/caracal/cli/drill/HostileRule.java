package dev.caracal.cli.drill;

import java.io.IOException;
import java.time.Duration;

/**
 * A rule that harms whoever runs it, in force for a while.
 *
 * @param body what it does with each event that raises an alert, Python indented by four
 */
record HostileRule(String name, String what, String body) implements Fault {

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void inject(DrillSite site) throws IOException {
        site.rules()
                .write(
                        name,
                        """
                        def rule(event):
                            if event.get("eventName") != "%s":
                                return False
                        """
                                        .formatted(DrillRules.MARKER)
                                + body);
    }

    @Override
    public void end(DrillSite site) throws IOException {
        site.rules().remove(name);
    }
}
