package dev.caracal.job.notification;

import dev.caracal.connectors.s3.S3ObjectRef;
import java.util.List;

/** What an SQS message says. */
sealed interface Notification {

    /**
     * S3 objects were stored.
     *
     * @param objects those to read
     * @param passedOver why others that were named are not to be read, one entry for each
     * @param unreadable the entries that could not be understood
     */
    record Announcement(
            List<AnnouncedObject> objects,
            List<PassedOver> passedOver,
            List<Unrecognised> unreadable)
            implements Notification {}

    /**
     * @param createdTimeMillis in milliseconds since the epoch; 0 if the notification does not say
     */
    record AnnouncedObject(S3ObjectRef ref, long createdTimeMillis) {}

    /** Why a named object is not read; the name is a metric's. */
    enum PassedOver {
        /** The event is not the creation of an object. */
        NOT_CREATED,
        /** The object has no bytes. */
        EMPTY,
        /** The key ends in {@code /}: a folder that a console made. */
        FOLDER
    }

    /** A test that a service sends when notifications are set up; nothing to do. */
    record Test() implements Notification {}

    /** SNS asks whether this queue wants the topic's messages. */
    record Confirmation(String topicArn, String token) implements Notification {
        /** Leaves out the token, which is a secret. */
        @Override
        public String toString() {
            return "Confirmation[topicArn=" + topicArn + "]";
        }
    }

    /** No form that is known. */
    record Unrecognised(String reason, String detail) implements Notification {}
}
