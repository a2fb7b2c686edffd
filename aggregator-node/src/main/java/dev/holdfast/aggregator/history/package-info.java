/** Retention: removes movements that are too old or too many. */
@NullMarked
package dev.holdfast.aggregator.history;

import org.jspecify.annotations.NullMarked;
