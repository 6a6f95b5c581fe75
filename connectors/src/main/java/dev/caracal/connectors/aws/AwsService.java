package dev.caracal.connectors.aws;

/** A service that the connectors call. */
public enum AwsService {
    S3,
    SQS,
    DYNAMODB,
    SNS,
    STS,
    SECRETS_MANAGER
}
