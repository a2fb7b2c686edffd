/** What store nodes say about a partition besides its feed: consistent exports, and heads. */
@NullMarked
package dev.holdfast.aggregator.export;

import org.jspecify.annotations.NullMarked;
