/** Leases on items. */
@NullMarked
package dev.holdfast.store.api.lease;

import org.jspecify.annotations.NullMarked;
