package dev.caracal.parsers.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Made-up logs, alike in shape and size to real ones and the same on every run. */
final class SampleLogs {

    private static final String[] CALLS = {
        "ec2 DescribeInstances", "s3 GetObject", "sts AssumeRole", "kms Decrypt", "iam ListRoles"
    };

    private final Random random = new Random(7);
    private final int count;

    SampleLogs(int count) {
        this.count = count;
    }

    byte[] make(String logType) {
        StringBuilder text = new StringBuilder();
        switch (logType) {
            case "AWS.CloudTrail" -> {
                text.append("{\"Records\":[");
                for (int i = 0; i < count; i++) {
                    text.append(i == 0 ? "" : ",").append(cloudTrail());
                }
                text.append("]}");
            }
            case "AWS.VPCFlow" -> {
                text.append(
                                "version account-id interface-id srcaddr dstaddr srcport dstport protocol")
                        .append(" packets bytes start end action log-status\n");
                lines(text, this::vpcFlow);
            }
            case "AWS.ALB" -> lines(text, this::alb);
            case "AWS.S3ServerAccess" -> lines(text, this::s3ServerAccess);
            default -> throw new IllegalArgumentException(logType);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(result)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return result.toByteArray();
    }

    private void lines(StringBuilder text, Supplier<String> line) {
        for (int i = 0; i < count; i++) {
            text.append(line.get()).append('\n');
        }
    }

    private String cloudTrail() {
        String[] call = CALLS[random.nextInt(CALLS.length)].split(" ", -1);
        String account = account();
        String role = "app-role-" + random.nextInt(50);
        return """
                {"eventVersion":"1.08","userIdentity":{"type":"AssumedRole",\
                "principalId":"AROA%1$s:i-0%2$s","arn":"arn:aws:sts::%3$s:assumed-role/%4$s/i-0%2$s",\
                "accountId":"%3$s","accessKeyId":"ASIA%1$s","sessionContext":{"sessionIssuer":\
                {"type":"Role","principalId":"AROA%1$s","arn":"arn:aws:iam::%3$s:role/%4$s",\
                "accountId":"%3$s","userName":"%4$s"},"webIdFederationData":{},"attributes":\
                {"creationDate":"2023-07-10T%5$02d:27:26Z","mfaAuthenticated":"false"}}},\
                "eventTime":"2023-07-10T%5$02d:%6$02d:17Z","eventSource":"%7$s.amazonaws.com",\
                "eventName":"%8$s","awsRegion":"us-east-1","sourceIPAddress":"%9$s",\
                "userAgent":"aws-sdk-java/2.17.106 Linux/5.10 OpenJDK_64-Bit_Server_VM/17.0.1",\
                "requestParameters":{"bucketName":"data-%10$d","key":"logs/2023/07/10/part-%11$s.parquet",\
                "instancesSet":{"items":[{"instanceId":"i-0%2$s"},{"instanceId":"i-0%11$s"}]},\
                "filterSet":{},"roleArn":"arn:aws:iam::%3$s:role/%4$s"},\
                "responseElements":null,"additionalEventData":{"SignatureVersion":"SigV4",\
                "CipherSuite":"ECDHE-RSA-AES128-GCM-SHA256","bytesTransferredIn":0,\
                "AuthenticationMethod":"AuthHeader","x-amz-id-2":"%12$s","bytesTransferredOut":%10$d},\
                "requestID":"%13$s","eventID":"%14$s","readOnly":true,"resources":[{"type":\
                "AWS::S3::Object","ARN":"arn:aws:s3:::data-%10$d/logs/2023/07/10/part-%11$s.parquet"},\
                {"accountId":"%3$s","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::data-%10$d"}],\
                "eventType":"AwsApiCall","managementEvent":false,"recipientAccountId":"%3$s",\
                "eventCategory":"Data","tlsDetails":{"tlsVersion":"TLSv1.2","cipherSuite":\
                "ECDHE-RSA-AES128-GCM-SHA256","clientProvidedHostHeader":"data-%10$d.s3.amazonaws.com"}}"""
                .formatted(
                        hex(16).toUpperCase(Locale.ROOT),
                        hex(16),
                        account,
                        role,
                        random.nextInt(24),
                        random.nextInt(60),
                        call[0],
                        call[1],
                        ip(),
                        random.nextInt(5000),
                        hex(16),
                        hex(40),
                        uuid(),
                        uuid());
    }

    private String vpcFlow() {
        int start = 1_690_000_000 + random.nextInt(86_400);
        return String.join(
                " ",
                "2",
                account(),
                "eni-0" + hex(16),
                ip(),
                ip(),
                "" + random.nextInt(65_536),
                "" + random.nextInt(65_536),
                "6",
                "" + random.nextInt(1000),
                "" + random.nextInt(1_000_000),
                "" + start,
                "" + (start + 60),
                random.nextInt(10) == 0 ? "REJECT" : "ACCEPT",
                "OK");
    }

    private String alb() {
        return ("https 2023-07-10T%02d:%02d:17.%06dZ app/web/%s %s:%d %s:80 0.000 0.00%d 0.000 200 200"
                        + " %d %d \"GET https://www.example.com:443/shop/item/%s?ref=%s HTTP/1.1\""
                        + " \"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36"
                        + " (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36\""
                        + " ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2"
                        + " arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/%s"
                        + " \"Root=1-%s-%s\" \"www.example.com\""
                        + " \"arn:aws:acm:us-east-1:123456789012:certificate/%s\" 1"
                        + " 2023-07-10T%02d:%02d:17.012000Z \"waf,forward\" \"-\" \"-\" \"%s:80\" \"200\""
                        + " \"-\" \"-\"")
                .formatted(
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(1_000_000),
                        hex(16),
                        ip(),
                        random.nextInt(65_536),
                        ip(),
                        random.nextInt(10),
                        random.nextInt(2000),
                        random.nextInt(20_000),
                        hex(8),
                        hex(6),
                        hex(16),
                        hex(8),
                        hex(24),
                        uuid(),
                        random.nextInt(24),
                        random.nextInt(60),
                        ip());
    }

    private String s3ServerAccess() {
        return ("79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be data-%d"
                        + " [10/Jul/2023:%02d:%02d:38 +0000] %s arn:aws:iam::%s:user/app-%d %s"
                        + " REST.GET.OBJECT logs/2023/07/10/part-%s.parquet"
                        + " \"GET /logs/2023/07/10/part-%s.parquet HTTP/1.1\" 200 - %d %d %d %d \"-\""
                        + " \"aws-sdk-java/2.17.106 Linux/5.10 OpenJDK_64-Bit_Server_VM/17.0.1\" -"
                        + " %s= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader"
                        + " data.s3.us-west-1.amazonaws.com TLSv1.2 - -")
                .formatted(
                        random.nextInt(5000),
                        random.nextInt(24),
                        random.nextInt(60),
                        ip(),
                        account(),
                        random.nextInt(50),
                        hex(16).toUpperCase(Locale.ROOT),
                        hex(16),
                        hex(16),
                        random.nextInt(100_000),
                        random.nextInt(100_000),
                        random.nextInt(500),
                        random.nextInt(500),
                        hex(75));
    }

    private String account() {
        return "1234567890" + (10 + random.nextInt(30));
    }

    private String ip() {
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private String uuid() {
        return String.join("-", hex(8), hex(4), hex(4), hex(4), hex(12));
    }

    private String hex(int digits) {
        StringBuilder result = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            result.append(Character.forDigit(random.nextInt(16), 16));
        }
        return result.toString();
    }
}
