/** The store node: its entry point and the one place where its parts are wired. */
@NullMarked
package dev.holdfast.store;

import org.jspecify.annotations.NullMarked;
