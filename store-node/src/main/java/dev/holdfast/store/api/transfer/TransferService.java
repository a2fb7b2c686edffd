package dev.holdfast.store.api.transfer;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.TransferCommand.ShipTransfer;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferResponse;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.GetTransferResponse;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersResponse;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceiveTransferResponse;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferResponse;
import dev.holdfast.proto.inventory.v1.TransferServiceGrpc;
import dev.holdfast.store.api.call.Mutations;
import dev.holdfast.store.api.call.PeerChannels;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.transfers.Handovers;
import io.grpc.stub.StreamObserver;

/** The public API of transfers. Runs on the transport's threads, so nothing here blocks. */
public final class TransferService extends TransferServiceGrpc.TransferServiceImplBase {
  private final Mutations mutations;
  private final Arrivals arrivals;
  private final Destinations destinations;
  private final TransferReads reads;
  private final TransferKinds kinds;

  public TransferService(
      Partitions partitions, Mutations mutations, PeerChannels peers, Handovers handovers) {
    this.mutations = mutations;
    this.arrivals = new Arrivals(handovers);
    this.destinations = new Destinations(partitions, peers);
    this.reads = new TransferReads(partitions);
    this.kinds = TransferKinds.of(partitions.map(), reads::received);
  }

  /**
   * Whether the destination is known is read before the decision, and enters it as data. The
   * receipt comes first: a shipment is answered again, whatever became of the destination.
   */
  @Override
  public void shipTransfer(
      ShipTransferRequest request, StreamObserver<ShipTransferResponse> caller) {
    mutations.submit(
        kinds.ship(),
        request,
        caller,
        (source, shipment, reply) ->
            destinations.look(
                source,
                shipment,
                caller,
                known -> Mutations.decide(source, with(shipment, known), reply)));
  }

  private static CommandRequest with(CommandRequest shipment, boolean destinationKnown) {
    ShipTransfer command = (ShipTransfer) shipment.command();
    return shipment.with(
        new ShipTransfer(
            command.transfer(),
            command.destination(),
            command.destinationPartition(),
            destinationKnown,
            command.lines()));
  }

  @Override
  public void receiveTransfer(
      ReceiveTransferRequest request, StreamObserver<ReceiveTransferResponse> caller) {
    mutations.submit(
        kinds.receive(),
        request,
        caller,
        (source, command, reply) ->
            Mutations.decide(source, command, arrivals.after(source.partition(), reply)));
  }

  @Override
  public void cancelTransfer(
      CancelTransferRequest request, StreamObserver<CancelTransferResponse> caller) {
    mutations.submit(kinds.cancel(), request, caller);
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
}
