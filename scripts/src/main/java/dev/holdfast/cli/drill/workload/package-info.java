/** Requests of every kind for few items by seed, and the calls that send and record them. */
@NullMarked
package dev.holdfast.cli.drill.workload;

import org.jspecify.annotations.NullMarked;
