package dev.caracal.cli.source.template;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.cli.cloudformation.CloudFormation;
import dev.caracal.cli.cloudformation.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a topic needs that gets the bucket's notifications already. */
public final class ExistingTopic {

    private static final Pattern ARN =
            Pattern.compile("arn:(aws[a-z-]*):sns:([a-z0-9-]+):[0-9]{12}:[A-Za-z0-9_-]{1,256}");

    private final String arn;
    private final String partition;
    private final String region;
    private final SecurityAccount caracal;

    /**
     * @throws WrongUsageException if it is no topic's ARN, or it is not known where Caracal is
     */
    public ExistingTopic(String arn, SecurityAccount caracal) {
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches()) {
            throw new WrongUsageException(
                    "the topic is \""
                            + arn
                            + "\"; expected an ARN, such as"
                            + " arn:aws:sns:us-east-1:123456789012:new-logs");
        }
        if (caracal.accountId().isEmpty() || caracal.region().isEmpty()) {
            throw new WrongUsageException(
                    "where does Caracal run? Give --config, or --master-account-id and --region");
        }
        this.arn = arn;
        this.partition = matcher.group(1);
        this.region = matcher.group(2);
        this.caracal = caracal;
    }

    private Statement statement() {
        return NotificationTopic.subscription(
                arn, "arn:" + partition + ":iam::" + caracal.accountId() + ":root");
    }

    /** The statement to be added to the topic's access policy. */
    public String json() {
        return CloudFormation.json(statement().json());
    }

    public String yaml() {
        return CloudFormation.yaml(statement().json());
    }

    /** The command that subscribes the queue. */
    public String command() {
        return """
        aws sns subscribe --region %s --protocol sqs \\
            --topic-arn %s \\
            --notification-endpoint arn:%s:sqs:%s:%s:%s
        """
                .formatted(
                        region,
                        arn,
                        partition,
                        caracal.region(),
                        caracal.accountId(),
                        caracal.queueName());
    }
}
