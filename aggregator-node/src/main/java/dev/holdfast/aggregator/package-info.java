/** The aggregator node: its entry point and the one place where its parts are wired. */
@NullMarked
package dev.holdfast.aggregator;

import org.jspecify.annotations.NullMarked;
