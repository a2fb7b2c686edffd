/** The cluster as its nodes and its operators see it. */
@NullMarked
package dev.holdfast.store.api.cluster;

import org.jspecify.annotations.NullMarked;
