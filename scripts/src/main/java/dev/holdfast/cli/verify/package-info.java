/** Compares what the stores say with the global view. */
@NullMarked
package dev.holdfast.cli.verify;

import org.jspecify.annotations.NullMarked;
