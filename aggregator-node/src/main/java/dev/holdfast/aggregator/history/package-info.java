/** How long movements are kept. */
@NullMarked
package dev.holdfast.aggregator.history;

import org.jspecify.annotations.NullMarked;
