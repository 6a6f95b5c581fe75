/** What is to be deployed on Amazon Managed Service for Apache Flink. */
@NullMarked
package dev.caracal.cli.managed;

import org.jspecify.annotations.NullMarked;
