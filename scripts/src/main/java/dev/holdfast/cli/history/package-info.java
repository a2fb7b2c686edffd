/** The history of items: movements and past stock. */
@NullMarked
package dev.holdfast.cli.history;

import org.jspecify.annotations.NullMarked;
