/** Mutations and reads of an item's stock. */
@NullMarked
package dev.holdfast.store.api.stock;

import org.jspecify.annotations.NullMarked;
