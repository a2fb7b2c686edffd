@NullMarked
package dev.holdfast.store.membership;

import org.jspecify.annotations.NullMarked;
