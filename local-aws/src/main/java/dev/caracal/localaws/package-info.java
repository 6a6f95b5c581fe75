@NullMarked
package dev.caracal.localaws;

import org.jspecify.annotations.NullMarked;
