/** Commands on orders: several operations executed as one. */
@NullMarked
package dev.holdfast.cli.order;

import org.jspecify.annotations.NullMarked;
