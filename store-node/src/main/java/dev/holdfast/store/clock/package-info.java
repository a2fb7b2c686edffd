/**
 * Time: the log time of a partition, and how it is kept apart from a wall clock that is wrong. Pure
 * but for {@link dev.holdfast.store.clock.NodeClock#system()}.
 */
@NullMarked
package dev.holdfast.store.clock;

import org.jspecify.annotations.NullMarked;
