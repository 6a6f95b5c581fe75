package dev.caracal.localaws.s3;

import java.nio.file.Path;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;

/**
 * Objects in a folder, with versions. S3Proxy offers versions in memory only, as it does not want
 * to owe anyone the format of those on disk; here the folder belongs to one version of S3Proxy.
 * ETags and metadata are extended attributes of the files.
 */
final class FolderBlobStore extends AbstractNio2BlobStore {
    FolderBlobStore(Path folder) {
        super(folder);
    }

    @Override
    public boolean supportsVersioning() {
        return true;
    }
}
