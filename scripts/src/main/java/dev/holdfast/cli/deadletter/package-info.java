/** Commands on changes that an aggregator could not apply. */
@NullMarked
package dev.holdfast.cli.deadletter;

import org.jspecify.annotations.NullMarked;
