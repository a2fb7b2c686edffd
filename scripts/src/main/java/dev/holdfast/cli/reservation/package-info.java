/** Commands that hold stock, and close what is held. */
@NullMarked
package dev.holdfast.cli.reservation;

import org.jspecify.annotations.NullMarked;
