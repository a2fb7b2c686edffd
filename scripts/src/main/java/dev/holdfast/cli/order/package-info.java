/** Orders: several operations as one. */
@NullMarked
package dev.holdfast.cli.order;

import org.jspecify.annotations.NullMarked;
