package dev.caracal.cli.samples;

/** The accounts whose logs the samples are, each with a bucket of its own. */
public enum SampleAccount {
    /** Where Caracal runs; its own trail is read without a role. */
    SECURITY("123456789012", "us-east-1", "security-trail"),
    /** A web shop. */
    SHOP("111122223333", "us-east-1", "shop-logs"),
    /** A bank, in another region. */
    BANK("444455556666", "eu-west-1", "bank-logs"),
    /** Its role has no right to its bucket. */
    SEALED("777788889999", "us-east-1", "sealed-logs");

    private final String id;
    private final String region;
    private final String bucket;

    SampleAccount(String id, String region, String bucket) {
        this.id = id;
        this.region = region;
        this.bucket = bucket;
    }

    /** 12 digits. */
    public String id() {
        return id;
    }

    /** Of the bucket and the topic that announces its objects. */
    public String region() {
        return region;
    }

    public String bucket() {
        return bucket;
    }
}
