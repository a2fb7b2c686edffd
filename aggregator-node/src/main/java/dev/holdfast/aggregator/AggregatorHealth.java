package dev.holdfast.aggregator;

import dev.holdfast.aggregator.ingest.ViewProgress;
import dev.holdfast.aggregator.ingest.ViewWriter;
import dev.holdfast.aggregator.proof.Prover;
import dev.holdfast.aggregator.source.FeedTails;
import dev.holdfast.aggregator.source.TailStatus;
import dev.holdfast.common.telemetry.HealthReport;
import dev.holdfast.proto.inventory.v1.GlobalStockServiceGrpc;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the view is kept: the cluster was found, every partition's tail is connected and
 * not at fault, and the view can be written. Run whenever one of these changes, by any thread.
 */
final class AggregatorHealth implements ViewProgress.Listener {
  private static final String OK = "ok";

  private final HealthStatusManager grpc;
  private final ViewProgress progress;
  private final BooleanSupplier diskFull;
  private final Supplier<String> security;
  private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

  /** The parts that run once the cluster was found. */
  private record Running(FeedTails tails, ViewWriter writer, Prover prover) {}

  /**
   * @param diskFull whether writes of the view wait for room
   */
  AggregatorHealth(
      HealthStatusManager grpc,
      ViewProgress progress,
      BooleanSupplier diskFull,
      Supplier<String> security) {
    this.grpc = grpc;
    this.progress = progress;
    this.diskFull = diskFull;
    this.security = security;
    healthChanged();
  }

  void watch(FeedTails tails, ViewWriter writer, Prover prover) {
    running.set(new Running(tails, writer, prover));
    healthChanged();
  }

  @Override
  public synchronized void healthChanged() {
    ServingStatus status = report().ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    grpc.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    grpc.setStatus(GlobalStockServiceGrpc.SERVICE_NAME, status);
  }

  HealthReport report() {
    Map<String, String> checks = new LinkedHashMap<>();
    Running found = running.get();
    if (found == null) {
      checks.put("cluster", "not reached so far");
    } else {
      found.tails().statuses().forEach(tail -> checks.put(name(tail), check(tail)));
      checks.put("tails", orOk(found.tails().fault()));
      checks.put("view", view(found.writer().fault()));
      checks.put("proof", orOk(found.prover().fault()));
    }
    boolean ready = checks.values().stream().allMatch(OK::equals);
    return new HealthReport(ready, checks, security.get());
  }

  private String view(@Nullable String fault) {
    return fault == null && diskFull.getAsBoolean()
        ? "the disk is full: the view is not written until there is room"
        : orOk(fault);
  }

  private static String name(TailStatus tail) {
    return "partition-" + tail.partition();
  }

  private String check(TailStatus tail) {
    String untrusted = progress.of(tail.partition()).cursor().trust().untrusted();
    if (!untrusted.isEmpty()) {
      return "not to be trusted: " + untrusted;
    }
    String paused = progress.of(tail.partition()).paused();
    if (!paused.isEmpty()) {
      return "paused: " + paused;
    }
    if (tail.fault() != null) {
      return "cannot be followed any further: " + tail.fault();
    }
    if (tail.connected()) {
      return OK;
    }
    return tail.lastError() == null ? "connecting" : "not connected: " + tail.lastError();
  }

  private static String orOk(@Nullable String fault) {
    return fault == null ? OK : fault;
  }
}
