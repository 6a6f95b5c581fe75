@NullMarked
package dev.caracal.parsers;

import org.jspecify.annotations.NullMarked;
