/** One real Raft group, and what goes wrong with it. */
@NullMarked
package dev.holdfast.store.raft;

import org.jspecify.annotations.NullMarked;
