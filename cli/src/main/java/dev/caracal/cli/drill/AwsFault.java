package dev.caracal.cli.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * An outage of AWS.
 *
 * @param switches faults of local AWS, in the JSON of its admin endpoint
 */
record AwsFault(String name, String what, Duration lasts, List<String> switches) implements Fault {

    AwsFault {
        switches = List.copyOf(switches);
    }

    @Override
    public void inject(DrillSite site) throws IOException, InterruptedException {
        for (String fault : switches) {
            site.awsFaults().add(fault);
        }
    }

    @Override
    public void end(DrillSite site) throws IOException, InterruptedException {
        site.awsFaults().clear();
    }
}
