/**
 * Pure: what a command leads to. One file per command, a dispatcher, and the speculative state they
 * read.
 */
@NullMarked
package dev.holdfast.store.decide;

import org.jspecify.annotations.NullMarked;
