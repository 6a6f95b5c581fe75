package dev.caracal.localaws.s3;

import java.util.Set;

/**
 * What a request asks of S3: AWS's name of the operation and whether it changes anything.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html">Amazon S3 API
 *     operations</a>
 */
record S3Operation(String name, boolean write) {

    /**
     * Tells the operation from a request.
     *
     * @param bucket empty where the path is the root
     * @param key empty where only a bucket is named
     * @param parameters the names in the query string
     * @param copy whether there is an {@code x-amz-copy-source}
     */
    static S3Operation of(
            String method, String bucket, String key, Set<String> parameters, boolean copy) {
        if (bucket.isEmpty()) {
            return new S3Operation("ListBuckets", false);
        }
        return key.isEmpty() ? ofBucket(method, parameters) : ofObject(method, parameters, copy);
    }

    private static S3Operation ofBucket(String method, Set<String> parameters) {
        return switch (method) {
            case "HEAD" -> new S3Operation("HeadBucket", false);
            case "GET" -> new S3Operation(bucketRead(parameters), false);
            case "PUT" -> new S3Operation(bucketWrite(parameters), true);
            case "POST" -> new S3Operation("DeleteObjects", true);
            case "DELETE" -> new S3Operation("DeleteBucket", true);
            default -> new S3Operation("Unknown", true);
        };
    }

    private static String bucketRead(Set<String> parameters) {
        if (parameters.contains("location")) {
            return "GetBucketLocation";
        }
        if (parameters.contains("notification")) {
            return "GetBucketNotificationConfiguration";
        }
        if (parameters.contains("versioning")) {
            return "GetBucketVersioning";
        }
        if (parameters.contains("versions")) {
            return "ListObjectVersions";
        }
        if (parameters.contains("uploads")) {
            return "ListMultipartUploads";
        }
        if (parameters.contains("acl")) {
            return "GetBucketAcl";
        }
        return parameters.contains("list-type") ? "ListObjectsV2" : "ListObjects";
    }

    private static String bucketWrite(Set<String> parameters) {
        if (parameters.contains("notification")) {
            return "PutBucketNotificationConfiguration";
        }
        if (parameters.contains("versioning")) {
            return "PutBucketVersioning";
        }
        return parameters.contains("acl") ? "PutBucketAcl" : "CreateBucket";
    }

    private static S3Operation ofObject(String method, Set<String> parameters, boolean copy) {
        boolean upload = parameters.contains("uploadId");
        return switch (method) {
            case "HEAD" -> new S3Operation("HeadObject", false);
            case "GET" -> new S3Operation(objectRead(parameters), false);
            case "PUT" -> {
                if (upload) {
                    yield new S3Operation(copy ? "UploadPartCopy" : "UploadPart", true);
                }
                if (parameters.contains("acl")) {
                    yield new S3Operation("PutObjectAcl", true);
                }
                yield new S3Operation(copy ? "CopyObject" : "PutObject", true);
            }
            case "POST" ->
                    new S3Operation(
                            upload ? "CompleteMultipartUpload" : "CreateMultipartUpload", true);
            case "DELETE" ->
                    new S3Operation(upload ? "AbortMultipartUpload" : "DeleteObject", true);
            default -> new S3Operation("Unknown", true);
        };
    }

    private static String objectRead(Set<String> parameters) {
        if (parameters.contains("uploadId")) {
            return "ListParts";
        }
        if (parameters.contains("acl")) {
            return "GetObjectAcl";
        }
        return parameters.contains("attributes") ? "GetObjectAttributes" : "GetObject";
    }
}
