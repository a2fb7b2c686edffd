/**
 * The global view as a fold of events. Pure: no clock, thread, file, log or library of the outside.
 */
@NullMarked
package dev.holdfast.aggregator.view;

import org.jspecify.annotations.NullMarked;
