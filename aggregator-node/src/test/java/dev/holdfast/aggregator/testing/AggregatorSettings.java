package dev.holdfast.aggregator.testing;

import dev.holdfast.aggregator.config.AggregatorNodeConfig;
import dev.holdfast.common.config.NodeArguments;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings of an aggregator on free ports that follows one store node of the cluster c1. */
public final class AggregatorSettings {
  private AggregatorSettings() {}

  /** In the clear. */
  public static AggregatorNodeConfig of(Path directory, int storeNodePort) {
    return of(directory, storeNodePort, Map.of());
  }

  /**
   * In the clear, unless {@code settings} say otherwise.
   *
   * @param settings without their prefix {@code holdfast.}
   */
  public static AggregatorNodeConfig of(
      Path directory, int storeNodePort, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("holdfast.node.id", "aggregator");
    all.put("holdfast.node.data-dir", directory.toString());
    all.put("holdfast.cluster.id", "c1");
    all.put("holdfast.cluster.nodes", "node-a=127.0.0.1:" + storeNodePort + "/127.0.0.1:1");
    all.put("holdfast.grpc.port", "0");
    all.put("holdfast.http.port", "0");
    all.put("holdfast.security.mode", "off");
    settings.forEach((key, value) -> all.put("holdfast." + key, value));
    var arguments = new NodeArguments(Optional.empty(), all, false, false);
    return AggregatorNodeConfig.loader().load(arguments, Map.of());
  }
}
