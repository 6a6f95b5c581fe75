/** Reading and writing JSON as bytes, without trees or maps. */
@NullMarked
package dev.caracal.parsers.json;

import org.jspecify.annotations.NullMarked;
