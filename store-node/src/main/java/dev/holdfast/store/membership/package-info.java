/** How a node finds its place: as a founder of a cluster, or in place of what it was. */
@NullMarked
package dev.holdfast.store.membership;

import org.jspecify.annotations.NullMarked;
