/** The partition of each store. */
@NullMarked
package dev.holdfast.common.partition;

import org.jspecify.annotations.NullMarked;
