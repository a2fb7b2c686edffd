/**
 * Pure: what a command leads to. The dispatcher and its registry, with one row for each kind of
 * command; each wing below holds the deciders of one concept, and knows only the state that it
 * reads and the shared checks.
 */
@NullMarked
package dev.holdfast.store.decide;

import org.jspecify.annotations.NullMarked;
