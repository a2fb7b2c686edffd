/** Commands on how an aggregator keeps its view. */
@NullMarked
package dev.holdfast.cli.sync;

import org.jspecify.annotations.NullMarked;
