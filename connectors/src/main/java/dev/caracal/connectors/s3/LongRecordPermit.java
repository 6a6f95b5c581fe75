package dev.caracal.connectors.s3;

import java.util.concurrent.Semaphore;

/**
 * The right to use the memory that records longer than a batch take. There is one for a reader; an
 * object keeps it to its end, since its cutter's buffer stays large until then.
 */
final class LongRecordPermit {

    private final Semaphore permit = new Semaphore(1);

    Holder holder() {
        return new Holder();
    }

    /** One object's side of the permit, used by its I/O thread alone. */
    final class Holder {

        private boolean taken;

        /** Waits for the permit, unless the object has it already. */
        void take() throws InterruptedException {
            if (taken) {
                return;
            }
            permit.acquire();
            taken = true;
        }

        void giveBack() {
            if (taken) {
                taken = false;
                permit.release();
            }
        }
    }
}
