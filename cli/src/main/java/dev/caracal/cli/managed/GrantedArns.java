package dev.caracal.cli.managed;

import dev.caracal.cli.WrongUsageException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the job's role may use beyond what the job's options name: the files of the control location
 * name the rest.
 */
record GrantedArns(List<String> arns) {

    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:(kms|sns|sqs|secretsmanager):[a-z0-9-]+:[0-9]{12}:.+");

    static boolean isTopic(String arn) {
        return FORM.matcher(arn).matches() && arn.split(":")[2].equals("sns");
    }

    GrantedArns {
        for (String arn : arns) {
            if (!FORM.matcher(arn).matches()) {
                throw new WrongUsageException(
                        "--allow is \""
                                + arn
                                + "\", expected the ARN of a KMS key, an SNS topic, an SQS queue or a"
                                + " secret of Secrets Manager, with region and account");
            }
        }
        arns = List.copyOf(arns);
    }

    /** Those of one service, such as {@code kms}. */
    List<String> of(String service) {
        return arns.stream().filter(arn -> arn.split(":", -1)[2].equals(service)).toList();
    }
}
