/** Sums of whole states, to compare them with what the log says. */
@NullMarked
package dev.holdfast.store.state.digest;

import org.jspecify.annotations.NullMarked;
