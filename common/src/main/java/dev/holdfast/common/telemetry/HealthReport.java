package dev.holdfast.common.telemetry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The health of a process.
 *
 * @param ready whether it can do its work now
 * @param checks what was looked at and what was found, in words
 */
public record HealthReport(boolean ready, Map<String, String> checks) {
  public HealthReport {
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
  }
}
