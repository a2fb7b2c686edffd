/** Commands on the global view. */
@NullMarked
package dev.holdfast.cli.global;

import org.jspecify.annotations.NullMarked;
