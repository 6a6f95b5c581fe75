/** The whole way once, on this machine: local AWS, the job, and sample logs of four accounts. */
@NullMarked
package dev.caracal.cli.demo;

import org.jspecify.annotations.NullMarked;
