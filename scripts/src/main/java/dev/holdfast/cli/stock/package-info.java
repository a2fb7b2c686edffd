/** Commands on the stock of single stores. */
@NullMarked
package dev.holdfast.cli.stock;

import org.jspecify.annotations.NullMarked;
