/** What happened to an item, and what its stock was. */
@NullMarked
package dev.holdfast.cli.history;

import org.jspecify.annotations.NullMarked;
