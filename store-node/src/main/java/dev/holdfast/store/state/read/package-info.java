/** Reads of the applied state, and its lists page by page. */
@NullMarked
package dev.holdfast.store.state.read;

import org.jspecify.annotations.NullMarked;
