/** Transfers between stores, and the hand-overs between their partitions. */
@NullMarked
package dev.holdfast.store.api.transfer;

import org.jspecify.annotations.NullMarked;
