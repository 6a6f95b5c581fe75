/** What helps to write a schema: its embedded tests, and one inferred from samples. */
@NullMarked
package dev.caracal.parsers.authoring;

import org.jspecify.annotations.NullMarked;
