/** The bounds of what a caller may send. */
@NullMarked
package dev.holdfast.common.limits;

import org.jspecify.annotations.NullMarked;
