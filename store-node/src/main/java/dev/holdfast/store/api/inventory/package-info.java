/** The service for stock and reservations, and batches of its mutations. */
@NullMarked
package dev.holdfast.store.api.inventory;

import org.jspecify.annotations.NullMarked;
