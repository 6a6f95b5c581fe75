package dev.caracal.cli.source;

import dev.caracal.job.source.LogSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What is left to do for a new log source, with commands that can be copied.
 *
 * @param options that lead each command to the same control location; empty, or begins with a space
 * @param knowsCaracal whether the templates name the account and region where Caracal runs
 */
record NextSteps(LogSource source, String options, boolean knowsCaracal) {

    private static final String MARGIN = "     ";

    /**
     * The lines to be printed.
     *
     * @param announced whether the bucket announces its objects already, since we set it up
     */
    List<String> lines(boolean announced) {
        List<List<String>> steps = new ArrayList<>();
        if (!announced) {
            if (!source.roleArn().isEmpty()) {
                steps.add(role());
            }
            if (source.managedNotifications()) {
                steps.add(
                        List.of(
                                "the notifications, through the role:",
                                caracal("update", " --managed-notifications")));
            } else {
                steps.add(topic());
                steps.add(
                        List.of(
                                "the bucket tells the topic:",
                                caracal("template", " --bucket --as cli")));
            }
        }
        steps.add(List.of("see that it works:", caracal("check", "")));
        List<String> lines = new ArrayList<>(List.of("Next:"));
        for (int i = 0; i < steps.size(); i++) {
            lines.add("  " + (i + 1) + ". " + steps.get(i).get(0));
            lines.addAll(steps.get(i).subList(1, steps.get(i).size()));
        }
        return lines;
    }

    private List<String> role() {
        return List.of(
                "the role, in account " + source.accountId() + ':',
                caracal("template", " > role.yml"),
                deploy(SourceNames.stackName(source.name()), "role.yml")
                        + " --capabilities CAPABILITY_NAMED_IAM"
                        + given(" MasterAccountId=ACCOUNT"));
    }

    private List<String> topic() {
        return List.of(
                "the topic, in account " + source.accountId() + " and the bucket's region:",
                caracal("template", " --notifications > notifications.yml"),
                deploy("caracal-log-processing-notifications-" + source.id(), "notifications.yml")
                        + given(" MasterAccountId=ACCOUNT CaracalRegion=REGION"));
    }

    private String given(String parameters) {
        return knowsCaracal ? "" : " --parameter-overrides" + parameters;
    }

    private static String deploy(String stack, String file) {
        return MARGIN
                + "aws cloudformation deploy --stack-name "
                + stack
                + " --template-file "
                + file;
    }

    private String caracal(String command, String more) {
        return MARGIN + "caracal source " + command + ' ' + source.id() + options + more;
    }
}
