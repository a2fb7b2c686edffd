package dev.holdfast.cli.drill.workload;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.util.List;
import java.util.Random;

/** Requests of every kind for few items, so that they get in each other's way. For one thread. */
public final class RandomRequests {
  /** The parts of the contract that a workload uses. */
  public enum Mix {
    /** Items, orders and reservations that last. */
    WITHOUT_EXPIRY,
    ITEMS_AND_RESERVATIONS,
    EVERYTHING
  }

  private final Ground ground;
  private final Draw draw;
  private final StockRequests stock;
  private final ReservationRequests reservations;
  private final LeaseRequests leases;
  private final TransferRequests transfers;

  public RandomRequests(Random random, Mix mix, Ground ground) {
    this.ground = ground;
    draw = new Draw(random, mix, ground);
    stock = new StockRequests(draw);
    reservations = new ReservationRequests(draw);
    leases = new LeaseRequests(draw);
    transfers = new TransferRequests(draw);
  }

  /** A token that a lease had, to be used rightly or wrongly. */
  public void learnToken(long token) {
    draw.learnToken(token);
  }

  public String key() {
    return draw.key();
  }

  /** Creates all items. */
  public List<Message> opening() {
    return ground.opening(this::key);
  }

  public Message next() {
    int dice = draw.below(draw.everything() ? 100 : 70);
    if (dice < 22) {
      return stock.adjust();
    }
    if (dice < 38) {
      return GetStockRequest.newBuilder().setStore(draw.store()).setSku(draw.sku()).build();
    }
    if (dice < 46) {
      return reservations.reserve();
    }
    if (dice < 60) {
      return reservations.ofReservation(dice);
    }
    if (dice < 70) {
      return dice < 65 ? order() : stock.terms();
    }
    if (dice < 82) {
      return dice < 77 ? leases.lease(dice) : batch();
    }
    return dice < 97 ? transfers.transfer(dice) : readMany();
  }

  private SubmitOrderRequest order() {
    SubmitOrderRequest.Builder order =
        SubmitOrderRequest.newBuilder().setStore(draw.store()).setIdempotencyKey(draw.key());
    for (int i = 2 + draw.below(2); i > 0; i--) {
      AdjustStockRequest adjust =
          stock.adjust().toBuilder()
              .clearStore()
              .clearIdempotencyKey()
              .clearFencingTokens()
              .clearExpectedVersion()
              .build();
      order.addOperations(OrderOperation.newBuilder().setAdjustStock(adjust));
    }
    if (draw.once(3)) {
      ReserveRequest reserve =
          reservations.reserve().toBuilder()
              .clearStore()
              .clearIdempotencyKey()
              .clearReference()
              .build();
      order.addOperations(OrderOperation.newBuilder().setReserve(reserve));
    }
    return order.build();
  }

  private SubmitBatchRequest batch() {
    SubmitBatchRequest.Builder batch = SubmitBatchRequest.newBuilder();
    for (int i = 1 + draw.below(4); i > 0; i--) {
      batch.addCommands(
          draw.once(3)
              ? Command.newBuilder().setReserve(reservations.reserve())
              : Command.newBuilder().setAdjustStock(stock.adjust()));
    }
    return batch.build();
  }

  private BatchGetStockRequest readMany() {
    BatchGetStockRequest.Builder read = BatchGetStockRequest.newBuilder();
    draw.stores()
        .forEach(store -> read.addItems(ItemKey.newBuilder().setStore(store).setSku(draw.sku())));
    return read.build();
  }
}
