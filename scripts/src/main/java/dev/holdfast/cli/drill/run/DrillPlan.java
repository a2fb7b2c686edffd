package dev.holdfast.cli.drill.run;

import java.time.Duration;
import java.util.List;

/**
 * The settings of a drill.
 *
 * @param endpoints of store nodes, {@code host:port}
 * @param direct whether callers route to leaders themselves; false where the addresses that nodes
 *     tell of each other cannot be reached from here
 * @param seed of the workload
 * @param clients callers with one call in flight each
 * @param batching how many of the clients send batches, and so most of the commands
 * @param time the least time to call
 */
public record DrillPlan(
    List<String> endpoints, boolean direct, long seed, int clients, int batching, Duration time) {
  public DrillPlan {
    endpoints = List.copyOf(endpoints);
  }
}
