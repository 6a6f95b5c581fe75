/** CloudFormation templates and the statements of IAM policies. */
@NullMarked
package dev.caracal.cli.cloudformation;

import org.jspecify.annotations.NullMarked;
