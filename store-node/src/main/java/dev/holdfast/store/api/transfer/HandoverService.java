package dev.holdfast.store.api.transfer;

import dev.holdfast.common.codec.KnownFields;
import dev.holdfast.common.codec.NeedsNewerBuildException;
import dev.holdfast.common.codec.TransferCodec;
import dev.holdfast.common.limits.FieldViolation;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.cluster.v1.CreditHandoversRequest;
import dev.holdfast.proto.cluster.v1.CreditHandoversResponse;
import dev.holdfast.proto.cluster.v1.HandoverServiceGrpc;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.transfers.CreditBatch;
import dev.holdfast.store.transfers.CreditSender;
import dev.holdfast.store.transfers.Crediting;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Credits what the leaders of other partitions hand over. */
public final class HandoverService extends HandoverServiceGrpc.HandoverServiceImplBase {
  private static final KnownFields KNOWN = KnownFields.of(CreditHandoversRequest.getDescriptor());

  private final Partitions partitions;

  public HandoverService(Partitions partitions) {
    this.partitions = partitions;
  }

  @Override
  public void creditHandovers(
      CreditHandoversRequest request, StreamObserver<CreditHandoversResponse> caller) {
    try {
      KNOWN.check(request);
    } catch (NeedsNewerBuildException e) {
      // Half of a hand-over would be credited; the source keeps it and sends it again.
      String what = "not tried: the request " + e.getMessage();
      caller.onError(Statuses.exception(new Refusal(Reason.NEEDS_NEWER_BUILD, what)));
      return;
    }
    List<FieldViolation> violations = HandoverRules.violations(request, partitions.map());
    if (!violations.isEmpty()) {
      caller.onError(Statuses.exception(Statuses.invalid(violations)));
      return;
    }
    PartitionReplica replica = partitions.get(request.getDestinationPartition());
    if (replica.isLeading()) {
      Crediting.start(batch(request), replica::submit, new Answer(caller));
    } else {
      String what = "not tried: this node does not lead partition " + replica.partition();
      caller.onError(Statuses.exception(new Refusal(Reason.NO_LEADER, what)));
    }
  }

  private static CreditBatch batch(CreditHandoversRequest request) {
    return new CreditBatch(
        request.getSourcePartition(),
        request.getFirstNumber(),
        request.getHandoversList().stream().map(TransferCodec::fromProto).toList());
  }

  private record Answer(StreamObserver<CreditHandoversResponse> caller)
      implements CreditSender.Answer {
    @Override
    public void answered(List<Boolean> credited) {
      caller.onNext(CreditHandoversResponse.newBuilder().addAllCredited(credited).build());
      caller.onCompleted();
    }

    @Override
    public void failed(String why) {
      caller.onError(Statuses.exception(new Refusal(Reason.NO_LEADER, why)));
    }
  }
}
