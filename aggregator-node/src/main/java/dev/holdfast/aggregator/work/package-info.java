/** Threads that do what they are handed. Knows nothing of what that is. */
@NullMarked
package dev.holdfast.aggregator.work;

import org.jspecify.annotations.NullMarked;
