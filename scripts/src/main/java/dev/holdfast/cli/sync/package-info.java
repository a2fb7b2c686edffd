/** Commands on the sync of an aggregator. */
@NullMarked
package dev.holdfast.cli.sync;

import org.jspecify.annotations.NullMarked;
