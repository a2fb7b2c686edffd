/**
 * The place of a node in its cluster: as a founder, or as the next incarnation of its former self.
 */
@NullMarked
package dev.holdfast.store.membership;

import org.jspecify.annotations.NullMarked;
