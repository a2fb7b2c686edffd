/**
 * The state that decisions read: the interfaces to it, and applied state under what was decided
 * since.
 */
@NullMarked
package dev.holdfast.store.decide.state;

import org.jspecify.annotations.NullMarked;
