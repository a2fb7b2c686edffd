/** Faults of the clock and the disk, injected into running processes by preloaded libraries. */
@NullMarked
package dev.holdfast.deploy.shims;

import org.jspecify.annotations.NullMarked;
