/** The decider of orders, and the state under the operations that it has decided. */
@NullMarked
package dev.holdfast.store.decide.order;

import org.jspecify.annotations.NullMarked;
