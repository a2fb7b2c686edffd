/** Files that both kinds of node keep beside their data: for the node's user only, and checked. */
@NullMarked
package dev.holdfast.common.disk;

import org.jspecify.annotations.NullMarked;
