/** Who goes first when a node has more to do than it can: priorities, limits and refusals. */
@NullMarked
package dev.holdfast.common.admission;

import org.jspecify.annotations.NullMarked;
