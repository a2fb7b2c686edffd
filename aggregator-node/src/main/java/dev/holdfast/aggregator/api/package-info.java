/** GlobalStockService: translates, waits for positions without a thread, and reads the view. */
@NullMarked
package dev.holdfast.aggregator.api;

import org.jspecify.annotations.NullMarked;
