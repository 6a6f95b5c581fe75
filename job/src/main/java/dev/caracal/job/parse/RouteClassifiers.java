package dev.caracal.job.parse;

import dev.caracal.job.schema.UserLogTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The classifiers of one task by route, made when first asked for. */
final class RouteClassifiers {

    private static final int MAX = 1_000;

    private final Map<String, RouteClassifier> byRoute = new HashMap<>();
    private UserLogTypes userLogTypes = UserLogTypes.NONE;

    /**
     * Takes over other log types; only the classifiers that have one that changed are made anew.
     */
    void use(UserLogTypes newUserLogTypes) {
        Set<String> changed = newUserLogTypes.differences(userLogTypes);
        userLogTypes = newUserLogTypes;
        byRoute.values()
                .removeIf(
                        classifier ->
                                classifier.route().logTypes().stream().anyMatch(changed::contains));
    }

    RouteClassifier find(String encodedRoute) {
        if (byRoute.size() > MAX) {
            byRoute.clear();
        }
        return byRoute.computeIfAbsent(
                encodedRoute, text -> new RouteClassifier(Route.decode(text), userLogTypes));
    }
}
