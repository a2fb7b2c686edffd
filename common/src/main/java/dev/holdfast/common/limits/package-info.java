/** The bounds of requests. */
@NullMarked
package dev.holdfast.common.limits;

import org.jspecify.annotations.NullMarked;
