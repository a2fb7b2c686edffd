package dev.holdfast.store.config;

import dev.holdfast.common.config.AuditKeys;
import dev.holdfast.common.config.ConfigProblems;
import dev.holdfast.common.config.SecurityRelations;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checks the relations between the keys of a store node. */
final class StoreNodeRelations {
  /** What the node itself asks for at once: expiries by the 500, hand-overs by the 100. */
  private static final int QUEUE_COMMANDS_MIN = 500;

  private StoreNodeRelations() {}

  static void check(StoreNodeConfig config, ConfigProblems problems) {
    checkCluster(config, problems);
    checkSecurity(config, problems);
    checkCommit(config.commit(), problems);
    checkLocks(config.locks(), problems);
    config.encryption().check(config.node(), problems);
    problems.require(
        config.receipts().retention().compareTo(config.events().retention()) <= 0,
        "holdfast.receipts.retention must not be above holdfast.events.retention:"
            + " a receipt is an event of the log");
    problems.require(
        config.reservations().ttl().compareTo(config.reservations().lifeMax()) <= 0,
        "holdfast.reservations.ttl must not be above holdfast.reservations.life-max");
  }

  private static void checkCluster(StoreNodeConfig config, ConfigProblems problems) {
    StoreNodeConfig.Cluster cluster = config.cluster();
    problems.require(
        cluster.nodes().find(config.node().id()).isPresent(),
        "holdfast.node.id = '%s' must be one of the nodes in holdfast.cluster.nodes: %s"
            .formatted(config.node().id(), String.join(", ", cluster.nodes().ids())));
    for (Map.Entry<String, Integer> pin : cluster.pinned().partitions().entrySet()) {
      problems.require(
          pin.getValue() < cluster.partitions(),
          "holdfast.cluster.pinned puts store '%s' in partition %d; there are 0 to %d"
              .formatted(pin.getKey(), pin.getValue(), cluster.partitions() - 1));
    }
  }

  private static void checkSecurity(StoreNodeConfig config, ConfigProblems problems) {
    Map<String, String> hosts = new TreeMap<>();
    hosts.put("holdfast.grpc.host", config.grpc().host());
    hosts.put("holdfast.http.host", config.http().host());
    if (config.cluster().nodes().find(config.node().id()).isPresent()) {
      boolean auto = config.raft().host().equals(StoreNodeConfig.Raft.AUTO);
      hosts.put(
          auto ? "the Raft host in holdfast.cluster.nodes" : "holdfast.raft.host",
          StoreNodeConfig.raftBindHost(config));
    }
    SecurityRelations.check(config.security(), hosts, problems);
    AuditKeys.check(config.audit(), problems);
  }

  private static void checkCommit(StoreNodeConfig.Commit commit, ConfigProblems problems) {
    problems.require(
        commit.batchCommandsMax() <= commit.queueCommandsMax(),
        "holdfast.commit.batch-commands-max must not be above holdfast.commit.queue-commands-max");
    problems.require(
        commit.queueCommandsMax() >= QUEUE_COMMANDS_MIN,
        "holdfast.commit.queue-commands-max must be at least " + QUEUE_COMMANDS_MIN);
    problems.require(
        commit.batchBytesMax().compareTo(commit.queueBytesMax()) <= 0,
        "holdfast.commit.batch-bytes-max must not be above holdfast.commit.queue-bytes-max");
  }

  private static void checkLocks(LockKeys locks, ConfigProblems problems) {
    problems.require(
        locks.renew().compareTo(locks.ttl()) < 0,
        "holdfast.locks.renew must be below holdfast.locks.ttl, or leases run out meanwhile");
    problems.require(
        Set.of(409, 422, 429, 503).contains(locks.rejectStatus()),
        "holdfast.locks.reject-status must be 409, 422, 429 or 503, was " + locks.rejectStatus());
  }
}
