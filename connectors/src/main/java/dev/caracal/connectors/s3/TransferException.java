package dev.caracal.connectors.s3;

import java.io.IOException;
import java.io.Serial;

/** The bytes of an object stopped coming; to open it again may help. */
final class TransferException extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    TransferException(Throwable cause) {
        super(cause);
    }
}
