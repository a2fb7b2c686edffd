/** The fold of committed batches into one write. */
@NullMarked
package dev.holdfast.store.state.apply;

import org.jspecify.annotations.NullMarked;
