/** Orders: several operations on one store, all or none. */
@NullMarked
package dev.holdfast.store.api.order;

import org.jspecify.annotations.NullMarked;
