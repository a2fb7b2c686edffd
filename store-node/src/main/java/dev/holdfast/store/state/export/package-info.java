/** States pinned at one place in the log, and what they add up to. */
@NullMarked
package dev.holdfast.store.state.export;

import org.jspecify.annotations.NullMarked;
