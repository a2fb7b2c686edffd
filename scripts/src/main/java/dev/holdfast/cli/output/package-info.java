/** The output formats: table, CSV, and JSON with one object per line. */
@NullMarked
package dev.holdfast.cli.output;

import org.jspecify.annotations.NullMarked;
