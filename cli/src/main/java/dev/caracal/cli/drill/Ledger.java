package dev.caracal.cli.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What was put into the bucket beside what has come out, object by object. */
final class Ledger {

    private final Map<String, FedObject> objects = new LinkedHashMap<>();
    private final Map<String, Long> reports = new TreeMap<>();

    synchronized void put(FedObject object) {
        objects.put(object.id(), object);
    }

    /** Takes an event of a file by its id, which is that of its object and its index there. */
    synchronized void event(String eventId) {
        find(objectId(eventId)).addEvent(index(eventId));
    }

    /** Takes an event of the lake by its id. */
    synchronized void row(String eventId) {
        find(objectId(eventId)).addRow(index(eventId));
    }

    /** The lake is read once more from its beginning. */
    synchronized void forgetRows() {
        objects.values().forEach(FedObject::forgetRows);
    }

    /** An alert has the id of its event as dedup string. */
    synchronized void alert(String eventId, Consumer<FedObject> kind) {
        kind.accept(find(objectId(eventId)));
    }

    private static String objectId(String eventId) {
        return eventId.substring(0, eventId.lastIndexOf('-'));
    }

    private static int index(String eventId) {
        return Integer.parseInt(eventId.substring(eventId.lastIndexOf('-') + 1));
    }

    /** Takes a dead letter; one that is about no object of the drill is a report. */
    synchronized void deadLetter(String object, String stageAndReason) {
        FedObject fed = objects.get(FedObject.idOf(object));
        if (fed != null && !stageAndReason.startsWith("detect/")) {
            fed.addDeadLetter();
        }
        report(stageAndReason);
    }

    synchronized void report(String what) {
        reports.merge(what, 1L, Long::sum);
    }

    private FedObject find(String id) {
        FedObject object = objects.get(id);
        if (object == null) {
            throw new IllegalStateException("The output has a record of " + id + ", never put");
        }
        return object;
    }

    /** Dead letters and rule errors since the last call, by stage and reason. */
    synchronized Map<String, Long> takeReports() {
        Map<String, Long> taken = new TreeMap<>(reports);
        reports.clear();
        return taken;
    }

    /** The objects put so far while the fault's turn was on. */
    synchronized List<FedObject> objects(String fault) {
        List<FedObject> found = new ArrayList<>();
        for (FedObject object : objects.values()) {
            if (object.id().startsWith(fault + '.')) {
                found.add(object);
            }
        }
        return found;
    }

    synchronized boolean isComplete(List<FedObject> some) {
        return some.stream().allMatch(FedObject::isComplete);
    }

    synchronized Count count(List<FedObject> some) {
        return some.stream().map(FedObject::count).reduce(Count.NOTHING, Count::plus);
    }
}
