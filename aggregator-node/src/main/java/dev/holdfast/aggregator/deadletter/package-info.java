/**
 * Changes that could not be applied to the view: parked, tried again, discarded, counted. Knows
 * neither where events come from nor how letters are stored.
 */
@NullMarked
package dev.holdfast.aggregator.deadletter;

import org.jspecify.annotations.NullMarked;
