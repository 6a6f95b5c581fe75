package dev.caracal.cli.parse;

import dev.caracal.cli.WrongUsageException;
import dev.caracal.connectors.aws.AwsService;
import dev.caracal.connectors.aws.AwsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Raw logs in S3, named {@code s3://bucket/key} or {@code s3://bucket/prefix}. */
final class BucketLogs implements AutoCloseable {

    static final String SCHEME = "s3://";

    private final SdkHttpClient http;
    private final S3Client s3;

    BucketLogs(AwsSettings aws) {
        this.http = aws.httpClient();
        this.s3 =
                aws.configure(S3Client.builder(), AwsService.S3)
                        .crossRegionAccessEnabled(true)
                        .httpClient(http)
                        .build();
    }

    /** A bucket and a key in it, or a prefix. */
    private record Place(String bucket, String key) {

        static Place of(String address) {
            String path = address.substring(SCHEME.length());
            int slash = path.indexOf('/');
            if (slash == 0 || path.isEmpty()) {
                throw new WrongUsageException("expected s3://bucket/key, found " + address);
            }
            return slash < 0
                    ? new Place(path, "")
                    : new Place(path.substring(0, slash), path.substring(slash + 1));
        }

        boolean mayBeKey() {
            return !key.isEmpty() && !key.endsWith("/");
        }
    }

    /** The object of that key, or else all whose key begins so. */
    List<String> list(String address) throws IOException {
        Place place = Place.of(address);
        try {
            if (place.mayBeKey() && exists(place)) {
                return List.of(address);
            }
            List<String> found =
                    s3
                            .listObjectsV2Paginator(
                                    request -> request.bucket(place.bucket()).prefix(place.key()))
                            .contents()
                            .stream()
                            .map(S3Object::key)
                            .filter(key -> !key.endsWith("/"))
                            .map(key -> SCHEME + place.bucket() + '/' + key)
                            .toList();
            if (found.isEmpty()) {
                throw new IOException("there is no object " + address + " and none that begins so");
            }
            return found;
        } catch (SdkException e) {
            throw failure(address, e);
        }
    }

    InputStream open(String address) throws IOException {
        Place place = Place.of(address);
        try {
            return s3.getObject(request -> request.bucket(place.bucket()).key(place.key()));
        } catch (SdkException e) {
            throw failure(address, e);
        }
    }

    private boolean exists(Place place) {
        try {
            s3.headObject(request -> request.bucket(place.bucket()).key(place.key()));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    private static IOException failure(String address, SdkException e) {
        return new IOException("cannot read " + address + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        s3.close();
        http.close();
    }
}
