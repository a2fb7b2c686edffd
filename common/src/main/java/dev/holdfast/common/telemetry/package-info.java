/** Metrics, health and logs of a process. */
@NullMarked
package dev.holdfast.common.telemetry;

import org.jspecify.annotations.NullMarked;
