/**
 * Hand-overs between partitions: the leader of the source drives them, the leader of the
 * destination credits them. Both ask for commands and never change state.
 */
@NullMarked
package dev.holdfast.store.transfers;

import org.jspecify.annotations.NullMarked;
