/** S3: S3Proxy behind a handler that knows accounts, regions, notifications and faults. */
@NullMarked
package dev.caracal.localaws.s3;

import org.jspecify.annotations.NullMarked;
