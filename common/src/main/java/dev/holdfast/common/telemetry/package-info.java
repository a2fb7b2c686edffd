/** What a process tells about itself: metrics, health and logs. */
@NullMarked
package dev.holdfast.common.telemetry;

import org.jspecify.annotations.NullMarked;
