/** The settings of a store node, and what must hold between them. */
@NullMarked
package dev.holdfast.store.config;

import org.jspecify.annotations.NullMarked;
