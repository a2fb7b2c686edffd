/** Live events. */
@NullMarked
package dev.holdfast.cli.watch;

import org.jspecify.annotations.NullMarked;
