package dev.caracal.localaws;

/** The ports to listen on; 0 takes a free one. */
public record Ports(int s3, int sqs, int sns, int sts, int admin) {
    /** Free ports for all. */
    public static final Ports FREE = new Ports(0, 0, 0, 0, 0);

    public Ports {
        for (int port : new int[] {s3, sqs, sns, sts, admin}) {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port is " + port + ", 0 to 65535 expected");
            }
        }
    }
}
