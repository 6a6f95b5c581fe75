package dev.caracal.job.notification;

import dev.caracal.connectors.aws.AwsService;
import dev.caracal.connectors.aws.AwsSettings;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

/** Answers SNS when it asks whether the queue wants a topic's messages. */
@FunctionalInterface
public interface SubscriptionConfirmer {

    /**
     * Confirms by the ConfirmSubscription API in the topic's own region. The URL in the message is
     * never opened: whoever can send to the queue could make the job open any address.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if SNS refuses
     */
    void confirm(String topicArn, String token);

    static SubscriptionConfirmer withSns(AwsSettings settings) {
        return (topicArn, token) -> {
            String region = Arn.fromString(topicArn).region().orElse("");
            try (SdkHttpClient http = settings.httpClient();
                    SnsClient sns =
                            settings.configure(SnsClient.builder(), AwsService.SNS)
                                    .region(Region.of(region))
                                    .httpClient(http)
                                    .build()) {
                sns.confirmSubscription(request -> request.topicArn(topicArn).token(token));
            }
        };
    }
}
