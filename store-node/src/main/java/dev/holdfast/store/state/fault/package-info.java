/** Faults of a state: it cannot be read, or is not what it must be. */
@NullMarked
package dev.holdfast.store.state.fault;

import org.jspecify.annotations.NullMarked;
