package dev.caracal.cli.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caracal.job.source.LogSource;
import dev.caracal.job.source.QueueSource;

/** A log source as JSON, by the keys of its file. */
final class SourceJson {

    private SourceJson() {}

    /** All but the external id, which is a secret. */
    static ObjectNode of(LogSource source, String path) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", source.id())
                .put("name", source.name())
                .put("accountId", source.accountId())
                .put("bucket", source.bucket());
        var entries = json.putArray("prefixLogTypes");
        source.prefixLogTypes()
                .forEach(
                        entry -> {
                            ObjectNode object = entries.addObject().put("prefix", entry.prefix());
                            entry.logTypes().forEach(object.putArray("logTypes")::add);
                            object.put("logStream", entry.logStream());
                        });
        source.excludedPrefixes().forEach(json.putArray("excludedPrefixes")::add);
        json.put("roleArn", source.roleArn())
                .put("kmsKeyArn", source.kmsKeyArn())
                .put("dropOffMinutes", source.dropOffMinutes());
        source.destinations().forEach(json.putArray("destinations")::add);
        json.put("managedNotifications", source.managedNotifications());
        return json.put("path", path);
    }

    static ObjectNode of(QueueSource source, String path) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", QueueSource.TYPE)
                .put("id", source.id())
                .put("name", source.name())
                .put("queueUrl", source.queueUrl());
        source.logTypes().forEach(json.putArray("logTypes")::add);
        json.put("logStream", source.logStream());
        source.allowedPrincipals().forEach(json.putArray("allowedPrincipals")::add);
        source.allowedSourceArns().forEach(json.putArray("allowedSourceArns")::add);
        json.put("dropOffMinutes", source.dropOffMinutes());
        source.destinations().forEach(json.putArray("destinations")::add);
        return json.put("path", path);
    }

    /** With what the job says of it; without {@code health} where it says nothing. */
    static ObjectNode withHealth(ObjectNode json, SourceHealthReport health) {
        health.json(json.path("id").asText()).ifPresent(node -> json.set("health", node));
        return json;
    }

    static ObjectNode withExternalId(LogSource source, String path) {
        return of(source, path).put("externalId", source.externalId());
    }
}
