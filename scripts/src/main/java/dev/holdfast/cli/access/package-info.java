/** Commands about who may do what. */
@NullMarked
package dev.holdfast.cli.access;

import org.jspecify.annotations.NullMarked;
