package dev.holdfast.common.telemetry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The health of a process.
 *
 * @param ready whether it can do its work now
 * @param checks the checks by name, with their results in words
 * @param security how connections are secured, in words
 */
public record HealthReport(boolean ready, Map<String, String> checks, String security) {
  public HealthReport {
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
  }
}
