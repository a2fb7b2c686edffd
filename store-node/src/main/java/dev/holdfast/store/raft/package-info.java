/**
 * The only package that knows SOFAJRaft: groups, the state machine, snapshots, reads, leadership.
 */
@NullMarked
package dev.holdfast.store.raft;

import org.jspecify.annotations.NullMarked;
