/** Timers of a node. Those of the leader enqueue commands; none changes state. */
@NullMarked
package dev.holdfast.store.timers;

import org.jspecify.annotations.NullMarked;
