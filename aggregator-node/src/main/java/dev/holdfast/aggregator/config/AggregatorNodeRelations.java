package dev.holdfast.aggregator.config;

import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ConfigProblems;
import dev.holdfast.common.config.SecurityRelations;
import java.util.Map;

/** Checks the relations between the keys of an aggregator node. */
final class AggregatorNodeRelations {
  private AggregatorNodeRelations() {}

  static void check(AggregatorNodeConfig config, ConfigProblems problems) {
    problems.require(
        config.cluster().nodes().find(config.node().id()).isEmpty(),
        "holdfast.node.id = '%s' is the name of a store node in holdfast.cluster.nodes"
            .formatted(config.node().id()));
    config.encryption().check(config.node(), problems);
    int grpcPort = config.grpc().port();
    problems.require(
        grpcPort == 0
            || grpcPort != config.http().port()
            || !config.grpc().host().equals(config.http().host()),
        "holdfast.grpc.port and holdfast.http.port are both " + grpcPort);
    SecurityRelations.check(
        config.security(),
        Map.of(
            "holdfast.grpc.host", config.grpc().host(), "holdfast.http.host", config.http().host()),
        problems);
    AuditKeys.check(config.audit(), problems);
  }
}
