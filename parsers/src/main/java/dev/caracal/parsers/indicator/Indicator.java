package dev.caracal.parsers.indicator;

/** A kind of observable, with the event field that lists the values found. */
public enum Indicator {
    IP_ADDRESS("p_any_ip_addresses"),
    DOMAIN_NAME("p_any_domain_names"),
    SHA1_HASH("p_any_sha1_hashes"),
    MD5_HASH("p_any_md5_hashes"),
    SHA256_HASH("p_any_sha256_hashes"),
    TRACE_ID("p_any_trace_ids"),
    AWS_ACCOUNT_ID("p_any_aws_account_ids"),
    AWS_INSTANCE_ID("p_any_aws_instance_ids"),
    AWS_ARN("p_any_aws_arns"),
    AWS_TAG("p_any_aws_tags"),
    EMAIL("p_any_emails"),
    USERNAME("p_any_usernames");

    private final String fieldName;

    Indicator(String fieldName) {
        this.fieldName = fieldName;
    }

    /** For example {@code p_any_ip_addresses}. */
    public String fieldName() {
        return fieldName;
    }
}
