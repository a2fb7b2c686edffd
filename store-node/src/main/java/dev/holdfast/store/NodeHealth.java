package dev.holdfast.store;

import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells whether this node can do its work: every partition has a leader that it knows, none of its
 * replicas is stopped, the disk has room, and the clock is not known to be wrong. Run by a timer.
 */
final class NodeHealth implements Runnable {
  private static final String ALL = HealthStatusManager.SERVICE_NAME_ALL_SERVICES;
  private static final String OK = "ok";

  private final Partitions partitions;
  private final BooleanSupplier writable;
  private final Supplier<String> clock;
  private final Supplier<String> security;
  private final HealthStatusManager grpc;
  private final List<String> services;

  NodeHealth(
      Partitions partitions,
      BooleanSupplier writable,
      Supplier<String> clock,
      Supplier<String> security,
      HealthStatusManager grpc,
      List<String> services) {
    this.partitions = partitions;
    this.writable = writable;
    this.clock = clock;
    this.security = security;
    this.grpc = grpc;
    this.services = services;
    run();
  }

  @Override
  public void run() {
    ServingStatus status = report().ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    grpc.setStatus(ALL, status);
    services.forEach(service -> grpc.setStatus(service, status));
  }

  HealthReport report() {
    Map<String, String> checks = new LinkedHashMap<>();
    for (PartitionReplica replica : partitions.all()) {
      checks.put("partition-" + replica.partition(), check(replica));
    }
    checks.put("storage", writable.getAsBoolean() ? OK : "the data disk is nearly full");
    checks.put("clock", clock.get());
    boolean ready = checks.values().stream().allMatch(OK::equals);
    return new HealthReport(ready, checks, security.get());
  }

  private String check(PartitionReplica replica) {
    String fault = replica.fault();
    if (fault != null) {
      return "stopped: " + fault;
    }
    String awaited = replica.awaited();
    if (awaited != null) {
      return "waits: " + awaited;
    }
    return partitions.leader(replica.partition()) == null ? "no leader is known" : OK;
  }
}
