/** Safety stock, freezes and deletions, and the stores themselves. */
@NullMarked
package dev.holdfast.store.api.terms;

import org.jspecify.annotations.NullMarked;
