/** Commands on leases. */
@NullMarked
package dev.holdfast.cli.lease;

import org.jspecify.annotations.NullMarked;
