/** The way of one read: fresh enough, page by page. */
@NullMarked
package dev.holdfast.store.api.read;

import org.jspecify.annotations.NullMarked;
