/** What the servers share on the wire: AWS's errors, XML, and the query protocol. */
@NullMarked
package dev.caracal.localaws.http;

import org.jspecify.annotations.NullMarked;
