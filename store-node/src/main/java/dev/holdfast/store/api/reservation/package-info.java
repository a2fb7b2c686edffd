/** Mutations and reads of reservations. */
@NullMarked
package dev.holdfast.store.api.reservation;

import org.jspecify.annotations.NullMarked;
