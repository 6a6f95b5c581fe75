package dev.caracal.connectors.control;

import dev.caracal.connectors.aws.AwsService;
import dev.caracal.connectors.aws.AwsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A prefix of an S3 bucket, read with the job's own credentials. */
final class BucketStore implements ControlStore {

    private final String bucket;
    private final String prefix;
    private final SdkHttpClient http;
    private final S3Client s3;

    /**
     * @param prefix empty, or ends with a slash
     */
    BucketStore(String bucket, String prefix, AwsSettings aws) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.http = aws.httpClient();
        this.s3 =
                aws.configure(S3Client.builder(), AwsService.S3)
                        .crossRegionAccessEnabled(true)
                        .httpClient(http)
                        .build();
    }

    @Override
    public List<Entry> list(List<String> folders) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try {
            for (String folder : folders) {
                s3.listObjectsV2Paginator(
                                request -> request.bucket(bucket).prefix(prefix + folder + '/'))
                        .contents()
                        .forEach(object -> entries.add(entry(object)));
            }
        } catch (SdkException e) {
            throw failure("list", prefix, e);
        }
        return entries;
    }

    private Entry entry(S3Object object) {
        return new Entry(
                object.key().substring(prefix.length()),
                object.eTag().replace("\"", ""),
                object.size());
    }

    @Override
    public Optional<byte[]> fetch(Entry entry) throws IOException {
        String key = prefix + entry.path();
        try {
            return Optional.of(
                    s3.getObjectAsBytes(
                                    request ->
                                            request.bucket(bucket)
                                                    .key(key)
                                                    .ifMatch('"' + entry.tag() + '"'))
                            .asByteArray());
        } catch (S3Exception e) {
            if (e.statusCode() == 412 || e.statusCode() == 404) {
                return Optional.empty();
            }
            throw failure("read", key, e);
        } catch (SdkException e) {
            throw failure("read", key, e);
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        String key = prefix + path;
        try {
            return s3.getObject(request -> request.bucket(bucket).key(key));
        } catch (NoSuchKeyException e) {
            throw new NoSuchFileException("s3://" + bucket + '/' + key);
        } catch (SdkException e) {
            throw failure("read", key, e);
        }
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        String key = prefix + path;
        try {
            s3.putObject(
                    request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw failure("write", key, e);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        String key = prefix + path;
        try {
            s3.deleteObject(request -> request.bucket(bucket).key(key));
        } catch (SdkException e) {
            throw failure("delete", key, e);
        }
    }

    private IOException failure(String verb, String key, SdkException e) {
        return new IOException(
                "Cannot " + verb + " s3://" + bucket + '/' + key + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        s3.close();
        http.close();
    }
}
