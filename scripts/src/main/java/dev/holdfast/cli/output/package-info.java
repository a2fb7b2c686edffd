/** How results are printed: as a table, as CSV, or as JSON with one object per line. */
@NullMarked
package dev.holdfast.cli.output;

import org.jspecify.annotations.NullMarked;
