package dev.caracal.localaws.s3;

import java.io.InputStream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * S3Proxy's store, telling the notifier of what was created in it and keeping the buckets in step.
 */
final class NotifyingBlobStore extends ForwardingBlobStore {
    /** S3Proxy's own bookkeeping of multipart uploads. */
    private static final String RESERVED = ".s3proxy-mpu-stub-";

    private final Buckets buckets;
    private final Notifier notifier;

    NotifyingBlobStore(BlobStore store, Buckets buckets, Notifier notifier) {
        super(store);
        this.buckets = buckets;
        this.notifier = notifier;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        PutObjectResponse response = super.putBlob(request, payload);
        created("Put", request.bucket(), request.key(), response.eTag(), response.versionId());
        return response;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        CopyObjectResponse response = super.copyBlob(request);
        created(
                "Copy",
                request.destinationBucket(),
                request.destinationKey(),
                response.copyObjectResult().eTag(),
                response.versionId());
        return response;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
        created(
                "CompleteMultipartUpload",
                upload.containerName(),
                upload.blobName(),
                response.eTag(),
                response.versionId());
        return response;
    }

    @Override
    public CreateBucketResponse createContainer(CreateBucketRequest request) {
        try {
            return super.createContainer(request);
        } catch (RuntimeException e) {
            buckets.remove(request.bucket());
            throw e;
        }
    }

    @Override
    public void deleteBucket(String container) {
        super.deleteBucket(container);
        buckets.remove(container);
    }

    private void created(
            String how, String bucket, String key, String eTag, @Nullable String versionId) {
        if (key.startsWith(RESERVED)) {
            return;
        }
        long size =
                delegate()
                        .blobMetadata(
                                HeadObjectRequest.builder()
                                        .bucket(bucket)
                                        .key(key)
                                        .versionId(versionId)
                                        .build())
                        .contentLength();
        notifier.objectCreated(bucket, "ObjectCreated:" + how, key, size, eTag, versionId);
    }
}
