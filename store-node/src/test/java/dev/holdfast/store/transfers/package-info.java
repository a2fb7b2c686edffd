/** Hand-overs between simulated partitions. */
@NullMarked
package dev.holdfast.store.transfers;

import org.jspecify.annotations.NullMarked;
