/** Deciders of reservations, from the first hold to the sale or the release. */
@NullMarked
package dev.holdfast.store.decide.reservation;

import org.jspecify.annotations.NullMarked;
