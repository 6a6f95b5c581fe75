package dev.caracal.localaws;

import java.net.URI;

/** Where the servers listen, all of them on 127.0.0.1. */
public record Endpoints(URI s3, URI sqs, URI sns, URI sts, URI admin) {}
