/** Reads consistent exports and heads of partitions from store nodes, beside the feed. */
@NullMarked
package dev.holdfast.aggregator.export;

import org.jspecify.annotations.NullMarked;
