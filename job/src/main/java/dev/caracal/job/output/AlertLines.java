package dev.caracal.job.output;

import dev.caracal.connectors.files.S3FileSink;
import dev.caracal.rules.Alert;

/** Alerts under {@code alerts/year=2026/month=11/day=24}, by creation time. */
public final class AlertLines implements S3FileSink.Encoder<Alert> {

    private static final long serialVersionUID = 1L;

    @Override
    public String partition(Alert alert) {
        return "alerts/" + DatePartition.day(alert.creationTimeMillis());
    }

    @Override
    public byte[] line(Alert alert) {
        return alert.toJson();
    }
}
