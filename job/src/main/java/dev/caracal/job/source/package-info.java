/** Log sources: the buckets that users onboarded, and which log types lie under which prefix. */
@NullMarked
package dev.caracal.job.source;

import org.jspecify.annotations.NullMarked;
