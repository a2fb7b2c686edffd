/** Deciders of leases on items. */
@NullMarked
package dev.holdfast.store.decide.lease;

import org.jspecify.annotations.NullMarked;
