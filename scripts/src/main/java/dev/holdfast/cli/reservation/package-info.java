/** Commands that make and close reservations. */
@NullMarked
package dev.holdfast.cli.reservation;

import org.jspecify.annotations.NullMarked;
