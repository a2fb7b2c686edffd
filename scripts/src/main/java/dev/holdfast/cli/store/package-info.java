/** Commands on whole stores. */
@NullMarked
package dev.holdfast.cli.store;

import org.jspecify.annotations.NullMarked;
