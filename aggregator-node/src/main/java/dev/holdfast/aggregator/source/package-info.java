/** The source of events: the cluster's topology, and one feed per partition that never gives up. */
@NullMarked
package dev.holdfast.aggregator.source;

import org.jspecify.annotations.NullMarked;
