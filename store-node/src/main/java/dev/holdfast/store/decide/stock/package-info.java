/** Deciders of items and of whole stores: quantities, safety stock, freezing, deletion. */
@NullMarked
package dev.holdfast.store.decide.stock;

import org.jspecify.annotations.NullMarked;
