/** Proves that the global view is the sum of the stores. */
@NullMarked
package dev.holdfast.cli.verify;

import org.jspecify.annotations.NullMarked;
