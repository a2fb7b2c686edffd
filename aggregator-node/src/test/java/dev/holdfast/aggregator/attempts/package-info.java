/** The table of attempts at a secured store node and aggregator. */
@NullMarked
package dev.holdfast.aggregator.attempts;

import org.jspecify.annotations.NullMarked;
