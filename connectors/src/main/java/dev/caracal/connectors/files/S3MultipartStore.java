package dev.caracal.connectors.files;

import dev.caracal.connectors.aws.AwsClients;
import dev.caracal.connectors.aws.AwsSettings;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A bucket reached by the AWS SDK. */
final class S3MultipartStore implements MultipartStore {

    private final String bucket;
    private final AwsClients clients;
    private final S3Client s3;

    S3MultipartStore(String bucket, AwsSettings aws) {
        this.bucket = bucket;
        this.clients = new AwsClients(aws);
        this.s3 = clients.s3();
    }

    @Override
    public String create(String key) {
        return s3.createMultipartUpload(request -> request.bucket(bucket).key(key)).uploadId();
    }

    @Override
    public String uploadPart(String key, String uploadId, int number, byte[] bytes) {
        // The array is never written again, so that no copy is needed.
        RequestBody body =
                RequestBody.fromContentProvider(
                        ContentStreamProvider.fromByteArrayUnsafe(bytes),
                        bytes.length,
                        "application/octet-stream");
        return s3.uploadPart(
                        request ->
                                request.bucket(bucket)
                                        .key(key)
                                        .uploadId(uploadId)
                                        .partNumber(number),
                        body)
                .eTag();
    }

    @Override
    public void complete(PendingUpload upload) {
        List<CompletedPart> parts =
                upload.parts().stream()
                        .map(
                                part ->
                                        CompletedPart.builder()
                                                .partNumber(part.number())
                                                .eTag(part.eTag())
                                                .build())
                        .toList();
        s3.completeMultipartUpload(
                request ->
                        request.bucket(upload.bucket())
                                .key(upload.key())
                                .uploadId(upload.uploadId())
                                .multipartUpload(completed -> completed.parts(parts)));
    }

    @Override
    public void abort(String key, String uploadId) {
        s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
    }

    @Override
    public boolean exists(String key) {
        try {
            s3.headObject(request -> request.bucket(bucket).key(key));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
