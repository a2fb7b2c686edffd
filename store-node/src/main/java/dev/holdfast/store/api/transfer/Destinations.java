package dev.holdfast.store.api.transfer;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.TransferCommand.ShipTransfer;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.InventoryServiceGrpc;
import dev.holdfast.proto.inventory.v1.ListStockRequest;
import dev.holdfast.proto.inventory.v1.ListStockResponse;
import dev.holdfast.proto.inventory.v1.ReadOptions;
import dev.holdfast.store.api.call.PeerChannels;
import dev.holdfast.store.api.read.FreshReads;
import dev.holdfast.store.partition.PartitionReplica;
import dev.holdfast.store.partition.Partitions;
import dev.holdfast.store.raft.ReadBarrier;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.read.StockScan;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a store has any item, linearizably: from this node's own replica, and when that one
 * is stopped or cannot confirm it, from the other nodes' in turn, the leader's first. Never blocks.
 */
final class Destinations {
  private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);
  private static final long DEADLINE_SECONDS = 3;

  private final Partitions partitions;
  private final PeerChannels peers;

  Destinations(Partitions partitions, PeerChannels peers) {
    this.partitions = partitions;
    this.peers = peers;
  }

  /** Decides a shipment, on any thread. */
  interface Decision {
    void decide(boolean destinationKnown);
  }

  /**
   * Looks before a shipment is decided. A shipment that was decided already is answered by its
   * receipt: its destination need not even be reachable.
   */
  void look(
      PartitionReplica source,
      CommandRequest shipment,
      StreamObserver<?> caller,
      Decision decision) {
    ShipTransfer command = (ShipTransfer) shipment.command();
    if (!shipment.hasKey()) {
      ask(command.destination(), caller, decision);
      return;
    }
    FreshReads.of(
        source,
        ReadOptions.getDefaultInstance(),
        caller,
        staleness -> {
          if (source.state().receipt(shipment.receiptKey()) == null) {
            ask(command.destination(), caller, decision);
          } else {
            decision.decide(true);
          }
        });
  }

  private void ask(String destination, StreamObserver<?> caller, Decision decision) {
    PartitionReplica replica = partitions.of(destination);
    Asking asking = new Asking(destination, replica, caller, decision);
    String fault = replica.fault();
    if (fault == null) {
      replica.await(asking);
    } else {
      asking.unavailable("is stopped here: " + fault);
    }
  }

  /** One question, which goes from replica to replica until one answers. */
  private final class Asking implements ReadBarrier.Waiting {
    private final String destination;
    private final PartitionReplica own;
    private final StreamObserver<?> caller;
    private final Decision decision;
    private @Nullable Iterator<String> others;

    Asking(String destination, PartitionReplica own, StreamObserver<?> caller, Decision decision) {
      this.destination = destination;
      this.own = own;
      this.caller = caller;
      this.decision = decision;
    }

    @Override
    public void ready() {
      boolean known;
      try {
        known = !new StockScan(own.state()).after(null, destination, 1).isEmpty();
      } catch (StateFault e) {
        LOG.error("a read failed", e);
        unavailable("cannot be read here: " + e.getMessage());
        return;
      }
      others = Collections.emptyIterator(); // answered: nobody else is asked
      decision.decide(known);
    }

    @Override
    public void unavailable(String why) {
      int partition = own.partition();
      if (others == null) {
        others = peers.startingWith(partitions.leader(partition)).iterator();
      }
      Channel next = others.hasNext() ? peers.to(others.next()) : null;
      if (next == null) {
        String what = "not tried: partition " + partition + ", of the destination, " + why;
        caller.onError(Statuses.exception(new Refusal(Reason.NO_LEADER, what)));
      } else {
        list(next, "");
      }
    }

    /** Deleted items make pages empty that are not the last. */
    private void list(Channel node, String pageToken) {
      InventoryServiceGrpc.newStub(node)
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .listStock(
              ListStockRequest.newBuilder()
                  .setStore(destination)
                  .setPageSize(1)
                  .setPageToken(pageToken)
                  .build(),
              new Page(node));
    }

    private final class Page implements StreamObserver<ListStockResponse> {
      private final Channel node;

      Page(Channel node) {
        this.node = node;
      }

      @Override
      public void onNext(ListStockResponse page) {
        if (page.getStockCount() > 0 || page.getNextPageToken().isEmpty()) {
          decision.decide(page.getStockCount() > 0);
        } else {
          list(node, page.getNextPageToken());
        }
      }

      @Override
      public void onError(Throwable error) {
        unavailable("does not answer: " + error.getMessage());
      }

      @Override
      public void onCompleted() {
        // One page is all.
      }
    }
  }
}
