package dev.holdfast.common.client;

import dev.holdfast.common.tls.CallerIdentity;
import dev.holdfast.common.tls.TlsFileException;
import dev.holdfast.common.tls.TlsFiles;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Settings of a client. Start with {@link #at(List)}; the other methods return changed copies.
 *
 * @param endpoints host:port of some nodes, by which the others are found
 * @param callTimeout time for one try
 * @param budget time for a call with all its tries; by default long enough for a failover
 * @param channelsPerNode connections to each node
 * @param routeToLeaders false sends every call to the endpoints only, for clients that cannot reach
 *     the addresses which the nodes have among themselves
 * @param security how both sides know each other; nothing by default
 */
public record ClientSettings(
    List<String> endpoints,
    Duration callTimeout,
    Duration budget,
    int channelsPerNode,
    boolean routeToLeaders,
    ClientSecurity security) {
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
    return new ClientSettings(endpoints, CALL_TIMEOUT, BUDGET, 1, true, ClientSecurity.OFF);
  }

  public ClientSettings withCallTimeout(Duration timeout) {
    return new ClientSettings(
        endpoints, timeout, budget, channelsPerNode, routeToLeaders, security);
  }

  public ClientSettings withBudget(Duration limit) {
    return new ClientSettings(
        endpoints, callTimeout, limit, channelsPerNode, routeToLeaders, security);
  }

  public ClientSettings withChannelsPerNode(int channels) {
    return new ClientSettings(endpoints, callTimeout, budget, channels, routeToLeaders, security);
  }

  public ClientSettings withoutLeaderRouting() {
    return new ClientSettings(endpoints, callTimeout, budget, channelsPerNode, false, security);
  }

  public ClientSettings withSecurity(ClientSecurity other) {
    return new ClientSettings(
        endpoints, callTimeout, budget, channelsPerNode, routeToLeaders, other);
  }

  /**
   * Calls over TLS, to nodes of one cluster only. The files are read again while a client is open:
   * after a change, its next connections use the new ones.
   *
   * @param cluster the nodes' {@code security.cluster}
   * @throws TlsFileException when a file is missing or wrong
   */
  public ClientSettings withTls(TlsFiles files, String cluster) throws TlsFileException {
    return withTls(CallerIdentity.load(files, cluster));
  }

  /** The same, to nodes of the cluster that the caller's certificate names. */
  public ClientSettings withTls(TlsFiles files) throws TlsFileException {
    return withTls(CallerIdentity.load(files));
  }

  /** The same, of a caller that may have no certificate, or that several clients share. */
  public ClientSettings withTls(CallerIdentity caller) {
    return withSecurity(new ClientSecurity(caller, security.token()));
  }

  /**
   * Sends a bearer token with each call: over TLS, or in the clear to a node on this machine.
   *
   * @param token asked before each call, so that it can be renewed; on any thread, which it must
   *     not block
   */
  public ClientSettings withToken(Supplier<String> token) {
    return withSecurity(new ClientSecurity(security.tls(), token));
  }
}
