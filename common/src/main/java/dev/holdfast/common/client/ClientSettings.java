package dev.holdfast.common.client;

import java.time.Duration;
import java.util.List;

/**
 * Settings of a client. Start with {@link #at(List)}; the other methods return changed copies.
 *
 * @param endpoints host:port of some nodes, by which the others are found
 * @param callTimeout time for one try
 * @param budget time for a call with all its tries; by default long enough for a failover
 * @param channelsPerNode connections to each node
 * @param routeToLeaders false sends every call to the endpoints only, for clients that cannot reach
 *     the addresses which the nodes have among themselves
 */
public record ClientSettings(
    List<String> endpoints,
    Duration callTimeout,
    Duration budget,
    int channelsPerNode,
    boolean routeToLeaders) {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BUDGET = Duration.ofSeconds(15);

  public ClientSettings {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty() || channelsPerNode < 1 || callTimeout.isNegative()) {
      throw new IllegalArgumentException(
          "a client needs endpoints, a channel per node and a positive timeout");
    }
  }

  public static ClientSettings at(List<String> endpoints) {
    return new ClientSettings(endpoints, CALL_TIMEOUT, BUDGET, 1, true);
  }

  public ClientSettings withCallTimeout(Duration timeout) {
    return new ClientSettings(endpoints, timeout, budget, channelsPerNode, routeToLeaders);
  }

  public ClientSettings withBudget(Duration limit) {
    return new ClientSettings(endpoints, callTimeout, limit, channelsPerNode, routeToLeaders);
  }

  public ClientSettings withChannelsPerNode(int channels) {
    return new ClientSettings(endpoints, callTimeout, budget, channels, routeToLeaders);
  }

  public ClientSettings withoutLeaderRouting() {
    return new ClientSettings(endpoints, callTimeout, budget, channelsPerNode, false);
  }
}
