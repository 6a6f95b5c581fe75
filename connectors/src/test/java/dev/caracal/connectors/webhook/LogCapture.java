package dev.caracal.connectors.webhook;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** All that is logged while it is open, with stack traces: by Caracal at every level. */
final class LogCapture implements AutoCloseable {

    private static final String CARACAL = "dev.caracal";

    final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private final LoggerContext context =
            (LoggerContext) org.apache.logging.log4j.LogManager.getContext(false);
    private final AbstractAppender appender =
            new AbstractAppender("capture", null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    StringWriter trace = new StringWriter();
                    if (event.getThrown() != null) {
                        event.getThrown().printStackTrace(new PrintWriter(trace));
                    }
                    lines.add(event.getMessage().getFormattedMessage() + trace);
                }
            };

    LogCapture() {
        appender.start();
        LoggerConfig caracal = new LoggerConfig(CARACAL, Level.ALL, true);
        context.getConfiguration().addLogger(CARACAL, caracal);
        context.getConfiguration().getRootLogger().addAppender(appender, Level.ALL, null);
        context.updateLoggers();
    }

    @Override
    public void close() {
        context.getConfiguration().removeLogger(CARACAL);
        context.getConfiguration().getRootLogger().removeAppender("capture");
        context.updateLoggers();
        appender.stop();
    }
}
