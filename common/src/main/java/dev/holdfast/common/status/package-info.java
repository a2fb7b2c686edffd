/** Refusals on the wire: one table of reasons, one place that builds statuses. */
@NullMarked
package dev.holdfast.common.status;

import org.jspecify.annotations.NullMarked;
