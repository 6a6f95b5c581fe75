@NullMarked
package dev.caracal.job;

import org.jspecify.annotations.NullMarked;
