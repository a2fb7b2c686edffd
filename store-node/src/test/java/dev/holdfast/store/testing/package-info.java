/** What tests of several packages share: builders, an in-memory replica, the reference model. */
@NullMarked
package dev.holdfast.store.testing;

import org.jspecify.annotations.NullMarked;
