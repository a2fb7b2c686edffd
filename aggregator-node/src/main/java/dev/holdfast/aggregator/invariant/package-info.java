/**
 * The invariants between the view and the stores, and the differences where they fail. Pure: no
 * clock, thread, file, log or outside library.
 */
@NullMarked
package dev.holdfast.aggregator.invariant;

import org.jspecify.annotations.NullMarked;
