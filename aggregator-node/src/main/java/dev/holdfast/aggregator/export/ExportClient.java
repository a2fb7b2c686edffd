package dev.holdfast.aggregator.export;

import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.source.Replica;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.OpenExportRequest;
import dev.holdfast.proto.feed.v1.OpenExportResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/** Opens exports of partitions on store nodes. Callers wait. */
public final class ExportClient {
  private static final Duration OPENED_WITHIN = Duration.ofSeconds(10);

  private final List<Replica> replicas;

  public ExportClient(List<Replica> replicas) {
    this.replicas = List.copyOf(replicas);
  }

  /**
   * Opens an export that stands on a sequence or a later one, on the first replica that has one.
   *
   * @param preferredNode the node that is asked first
   * @param tries that failed before; each makes another node the first
   */
  public PartitionExport open(int partition, long minSequence, String preferredNode, int tries)
      throws UnprovenException {
    StringJoiner refusals = new StringJoiner("; ");
    int first = indexOf(preferredNode) + tries;
    for (int i = 0; i < replicas.size(); i++) {
      Replica replica = replicas.get((first + i) % replicas.size());
      try {
        return new PartitionExport(replica, open(replica, partition, minSequence));
      } catch (StatusRuntimeException e) {
        refusals.add(replica.nodeId() + ": " + e.getMessage());
      }
    }
    throw new UnprovenException("no store node gives an export: " + refusals);
  }

  private int indexOf(String nodeId) {
    for (int i = 0; i < replicas.size(); i++) {
      if (replicas.get(i).nodeId().equals(nodeId)) {
        return i;
      }
    }
    return 0;
  }

  private static OpenExportResponse open(Replica replica, int partition, long minSequence) {
    return ExportServiceGrpc.newBlockingStub(replica.channel())
        .withDeadlineAfter(OPENED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .openExport(
            OpenExportRequest.newBuilder()
                .setPartition(partition)
                .setMinSequence(minSequence)
                .build());
  }
}
