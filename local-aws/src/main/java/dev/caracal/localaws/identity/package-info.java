/** Accounts, roles and credentials, and the check of request signatures. */
@NullMarked
package dev.caracal.localaws.identity;

import org.jspecify.annotations.NullMarked;
