package dev.caracal.localaws.s3;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** A bucket: who owns it, where it lies and whom it tells of new objects. */
record Bucket(String name, String account, String region, List<NotificationRule> notifications) {
    Bucket {
        notifications = List.copyOf(notifications);
    }

    @JsonIgnore
    String arn() {
        return "arn:aws:s3:::" + name;
    }

    Bucket withNotifications(List<NotificationRule> rules) {
        return new Bucket(name, account, region, rules);
    }
}
