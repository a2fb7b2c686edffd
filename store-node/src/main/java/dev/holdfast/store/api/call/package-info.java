/**
 * The way of one mutation: mapped by its row, taken to the leader, answered. Knows no kind of
 * mutation.
 */
@NullMarked
package dev.holdfast.store.api.call;

import org.jspecify.annotations.NullMarked;
