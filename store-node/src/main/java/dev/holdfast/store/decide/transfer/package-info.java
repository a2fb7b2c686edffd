/** Deciders of transfers between stores, at the source and at the destination. */
@NullMarked
package dev.holdfast.store.decide.transfer;

import org.jspecify.annotations.NullMarked;
