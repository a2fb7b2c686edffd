/** Transfers between stores. */
@NullMarked
package dev.holdfast.cli.transfer;

import org.jspecify.annotations.NullMarked;
