/**
 * What must hold between the view and the stores, and how they differ when it does not. Pure: no
 * clock, thread, file, log or library of the outside.
 */
@NullMarked
package dev.holdfast.aggregator.invariant;

import org.jspecify.annotations.NullMarked;
