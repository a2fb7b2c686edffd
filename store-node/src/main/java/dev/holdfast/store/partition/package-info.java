/** The replicas of this node, and which of them a store belongs to. */
@NullMarked
package dev.holdfast.store.partition;

import org.jspecify.annotations.NullMarked;
