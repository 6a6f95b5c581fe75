package dev.caracal.cli.demo;

import dev.caracal.cli.samples.SampleLogs;
import java.io.IOException;

/** Runs the demo until it is stopped: shows how far the job is, and takes what is dropped. */
final class DemoLoop {

    private final Demo demo;
    private final Screen screen;

    DemoLoop(Demo demo, Screen screen) {
        this.demo = demo;
        this.screen = screen;
    }

    /**
     * @throws InterruptedException when it is stopped
     * @throws IOException if the job ends
     */
    void run() throws Exception {
        DropFolder drop = demo.dropFolder();
        demo.deliver(SampleLogs.all());
        while (true) {
            drop.deliver().forEach(screen::say);
            demo.tick();
        }
    }
}
