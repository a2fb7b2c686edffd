package dev.holdfast.store.api.transfer;

import dev.holdfast.common.codec.KnownFields;
import dev.holdfast.common.codec.NeedsNewerBuildException;
import dev.holdfast.common.codec.TransferCodec;
import dev.holdfast.common.domain.Handover;
import dev.holdfast.proto.cluster.v1.CreditHandoversRequest;
import dev.holdfast.proto.cluster.v1.CreditHandoversResponse;
import dev.holdfast.proto.cluster.v1.HandoverServiceGrpc;
import dev.holdfast.store.api.call.PeerChannels;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.transfers.CreditBatch;
import dev.holdfast.store.transfers.CreditSender;
import dev.holdfast.store.transfers.Crediting;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes hand-overs to the leader of another partition, which may be this node. */
public final class HandoverCalls implements CreditSender {
  private static final long DEADLINE_SECONDS = 5;

  private final Partitions partitions;
  private final PeerChannels peers;

  public HandoverCalls(Partitions partitions, PeerChannels peers) {
    this.partitions = partitions;
    this.peers = peers;
  }

  @Override
  public void send(int destinationPartition, CreditBatch batch, Answer answer) {
    PartitionReplica replica = partitions.get(destinationPartition);
    if (replica.isLeading()) {
      Crediting.start(batch, replica::submit, answer);
      return;
    }
    String leader = partitions.leader(destinationPartition);
    Channel channel = leader == null ? null : peers.to(leader);
    if (channel == null) {
      answer.failed("partition " + destinationPartition + " has no known leader");
    } else {
      HandoverServiceGrpc.newStub(channel)
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .creditHandovers(request(destinationPartition, batch), new Response(answer));
    }
  }

  private static CreditHandoversRequest request(int destinationPartition, CreditBatch batch) {
    CreditHandoversRequest.Builder request =
        CreditHandoversRequest.newBuilder()
            .setSourcePartition(batch.sourcePartition())
            .setDestinationPartition(destinationPartition)
            .setFirstNumber(batch.firstNumber());
    for (Handover handover : batch.handovers()) {
      request.addHandovers(TransferCodec.toProto(handover));
    }
    return request.build();
  }

  private static final class Response implements StreamObserver<CreditHandoversResponse> {
    private static final KnownFields KNOWN =
        KnownFields.of(CreditHandoversResponse.getDescriptor());

    private final Answer answer;
    private @Nullable List<Boolean> credited;
    private String failure = "no answer";

    Response(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void onNext(CreditHandoversResponse response) {
      try {
        KNOWN.check(response);
        credited = response.getCreditedList();
      } catch (NeedsNewerBuildException e) {
        failure = "the answer " + e.getMessage();
      }
    }

    @Override
    public void onError(Throwable error) {
      answer.failed(String.valueOf(error.getMessage()));
    }

    @Override
    public void onCompleted() {
      if (credited == null) {
        answer.failed(failure);
      } else {
        answer.answered(credited);
      }
    }
  }
}
