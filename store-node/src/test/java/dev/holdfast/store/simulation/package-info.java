/**
 * Whole histories of a cluster in one thread: real deciding, applying and timers between simulated
 * clients, clocks, disks, network and Raft. A seed is a history.
 */
@NullMarked
package dev.holdfast.store.simulation;

import org.jspecify.annotations.NullMarked;
