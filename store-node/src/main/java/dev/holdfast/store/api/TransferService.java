package dev.holdfast.store.api;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersResponse;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.store.commit.QueuedCommand;
import dev.holdfast.store.commit.Reply;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.transfers.Handovers;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The public API of transfers. Runs on the transport's threads, so nothing here blocks. */
public final class TransferService extends TransferServiceGrpc.TransferServiceImplBase {
  private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

  private final Partitions partitions;
  private final Forwarding forwarding;
  private final Handovers handovers;
  private final LockAnswer locks;
  private final HoldLimits limits;
  private final TransferReads reads;
  private final Destinations destinations;

  public TransferService(
      Partitions partitions,
      Forwarding forwarding,
      Handovers handovers,
      LockAnswer locks,
      HoldLimits limits) {
    this.partitions = partitions;
    this.forwarding = forwarding;
    this.handovers = handovers;
    this.locks = locks;
    this.limits = limits;
    this.reads = new TransferReads(partitions);
    this.destinations = new Destinations(partitions, forwarding.peers());
  }

  /**
   * Whether the destination is known is read before the decision, and enters it as data. The
   * receipt comes first: what was shipped is answered again, whatever became of the destination.
   */
  @Override
  public void shipTransfer(
      ShipTransferRequest request, StreamObserver<ShipTransferResponse> caller) {
    Origin origin = Callers.current();
    CommandRequest command = map(origin, caller, mapper -> mapper.map(request, true));
    if (command == null
        || isForwarded(
            request.getStore(),
            origin,
            TransferServiceGrpc.getShipTransferMethod(),
            request,
            caller)) {
      return;
    }
    destinations.look(
        command,
        caller,
        known ->
            submit(
                map(origin, caller, mapper -> mapper.map(request, known)),
                shipped(request, caller)));
  }

  private Reply shipped(ShipTransferRequest request, StreamObserver<ShipTransferResponse> caller) {
    return reply(
        request.getStore(),
        caller,
        TransferEvent.TransferShipped.class,
        (event, position) -> answer(caller, TransferAnswers.shipped(event, position)));
  }

  @Override
  public void receiveTransfer(
      ReceiveTransferRequest request, StreamObserver<ReceiveTransferResponse> caller) {
    Origin origin = Callers.current();
    CommandRequest command = map(origin, caller, mapper -> mapper.map(request));
    if (command == null
        || isForwarded(
            request.getStore(),
            origin,
            TransferServiceGrpc.getReceiveTransferMethod(),
            request,
            caller)) {
      return;
    }
    long waitNanos = waitNanos();
    submit(
        command,
        reply(
            request.getStore(),
            caller,
            TransferEvent.TransferHandedOver.class,
            (event, position) -> handedOver(event, position, waitNanos, caller)));
  }

  /** Leaves time for the answer to travel. */
  private static long waitNanos() {
    Deadline deadline = Context.current().getDeadline();
    return deadline == null
        ? WAIT_NANOS_MAX
        : Math.min(WAIT_NANOS_MAX, deadline.timeRemaining(TimeUnit.NANOSECONDS) / 4 * 3);
  }

  private void handedOver(
      TransferEvent.TransferHandedOver event,
      Position position,
      long waitNanos,
      StreamObserver<ReceiveTransferResponse> caller) {
    TransferEvent.TransferHandedOver.Sent sent = event.handover();
    if (sent == null) {
      received(event, position, caller);
      return;
    }
    handovers.await(
        position.getPartition(),
        event.after().destinationPartition(),
        sent.channel().last(),
        waitNanos,
        () -> received(event, position, caller));
  }

  private void received(
      TransferEvent.TransferHandedOver event,
      Position position,
      StreamObserver<ReceiveTransferResponse> caller) {
    answer(
        caller,
        ReceiveTransferResponse.newBuilder()
            .setTransfer(reads.after(event, position.getPartition()))
            .setPosition(position)
            .build());
  }

  @Override
  public void cancelTransfer(
      CancelTransferRequest request, StreamObserver<CancelTransferResponse> caller) {
    Origin origin = Callers.current();
    CommandRequest command = map(origin, caller, mapper -> mapper.map(request));
    if (command != null
        && !isForwarded(
            request.getStore(),
            origin,
            TransferServiceGrpc.getCancelTransferMethod(),
            request,
            caller)) {
      submit(
          command,
          reply(
              request.getStore(),
              caller,
              TransferEvent.TransferCancelled.class,
              (event, position) -> answer(caller, TransferAnswers.cancelled(event, position))));
    }
  }

  @Override
  public void getTransfer(GetTransferRequest request, StreamObserver<GetTransferResponse> caller) {
    reads.get(request, caller);
  }

  @Override
  public void listTransfers(
      ListTransfersRequest request, StreamObserver<ListTransfersResponse> caller) {
    reads.list(request, caller);
  }

  /** Null, and the call is over, when a field is malformed. */
  private @Nullable CommandRequest map(
      Origin origin, StreamObserver<?> caller, Function<TransferMapper, CommandRequest> mapping) {
    FieldRules rules = new FieldRules();
    RequestMapper requests = new RequestMapper(origin, rules, limits, partitions::logMillis);
    CommandRequest command = mapping.apply(new TransferMapper(requests, rules, partitions.map()));
    if (rules.isValid()) {
      return command;
    }
    caller.onError(Statuses.exception(Statuses.invalid(rules.violations())));
    return null;
  }

  private <Q, R> boolean isForwarded(
      String store,
      Origin origin,
      MethodDescriptor<Q, R> method,
      Q request,
      StreamObserver<R> caller) {
    PartitionReplica replica = partitions.of(store);
    if (replica.isLeading()) {
      return false;
    }
    forwarding.toLeader(replica.partition(), method, request, origin.requestId(), caller);
    return true;
  }

  private void submit(@Nullable CommandRequest command, Reply reply) {
    if (command != null) {
      String store = Mutations.storeOf(command);
      partitions.of(store).submit(List.of(new QueuedCommand(command, reply, 0)));
    }
  }

  private <E extends TransferEvent> Reply reply(
      String store, StreamObserver<?> caller, Class<E> event, TransferReply.Respond<E> respond) {
    return new TransferReply<>(partitions.of(store).partition(), caller, event, respond, locks);
  }

  private static <R> void answer(StreamObserver<R> caller, R response) {
    caller.onNext(response);
    caller.onCompleted();
  }
}
