@NullMarked
package dev.caracal.rules;

import org.jspecify.annotations.NullMarked;
