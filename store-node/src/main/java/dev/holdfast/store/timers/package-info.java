/**
 * What the leader asks of itself as time goes by. Timers enqueue commands and never change state.
 */
@NullMarked
package dev.holdfast.store.timers;

import org.jspecify.annotations.NullMarked;
