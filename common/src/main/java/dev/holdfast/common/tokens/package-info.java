/**
 * Bearer tokens (JWT): who holds one, and which roles it names. Verified tokens are remembered;
 * others are verified on threads of their own, never on those of the network.
 */
@NullMarked
package dev.holdfast.common.tokens;

import org.jspecify.annotations.NullMarked;
