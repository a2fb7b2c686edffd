/** {@code holdfast drill}: proves the promises of a running cluster while it is disturbed. */
@NullMarked
package dev.holdfast.cli.drill;

import org.jspecify.annotations.NullMarked;
