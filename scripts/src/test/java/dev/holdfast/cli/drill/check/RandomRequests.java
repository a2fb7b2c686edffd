package dev.holdfast.cli.drill.check;

import com.google.protobuf.Message;
import dev.holdfast.proto.inventory.v1.AcquireLeaseRequest;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.BatchGetStockRequest;
import dev.holdfast.proto.inventory.v1.CancelTransferRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.GetLeaseRequest;
import dev.holdfast.proto.inventory.v1.GetReservationRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.GetTransferRequest;
import dev.holdfast.proto.inventory.v1.HeldQuantity;
import dev.holdfast.proto.inventory.v1.ItemKey;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.ReceiveTransferRequest;
import dev.holdfast.proto.inventory.v1.ReceivedUnits;
import dev.holdfast.proto.inventory.v1.ReleaseLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.RenewLeaseRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveMode;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.proto.inventory.v1.ShipTransferRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import dev.holdfast.proto.inventory.v1.TransferUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests of every kind for few items, so that they get in each other's way. */
final class RandomRequests {
  static final List<String> SKUS = List.of("tea", "ice");

  /** The parts of the contract that a workload uses. */
  enum Mix {
    /** Items, orders and reservations that last. */
    WITHOUT_EXPIRY,
    ITEMS_AND_RESERVATIONS,
    EVERYTHING
  }

  private final Random random;
  private final Mix mix;
  private final List<String> stores;
  private final List<Long> tokens = new ArrayList<>(List.of(1L));
  private int keys;
  private int reservations;
  private int transfers;

  RandomRequests(Random random, Mix mix, List<String> stores) {
    this.random = random;
    this.mix = mix;
    this.stores = stores;
  }

  /** A token that a lease had, to be used rightly or wrongly. */
  void learnToken(long token) {
    tokens.add(token);
  }

  String key() {
    return "key-" + ++keys;
  }

  List<Message> opening() {
    List<Message> opening = new ArrayList<>();
    for (String store : stores) {
      for (String sku : SKUS) {
        opening.add(
            CreateItemRequest.newBuilder()
                .setStore(store)
                .setSku(sku)
                .setInitialQuantity(10)
                .setIdempotencyKey(key())
                .build());
      }
    }
    return opening;
  }

  List<Message> closing() {
    List<Message> reads = new ArrayList<>();
    for (String store : stores) {
      for (String sku : SKUS) {
        reads.add(GetStockRequest.newBuilder().setStore(store).setSku(sku).build());
      }
    }
    return reads;
  }

  Message next() {
    int dice = random.nextInt(mix == Mix.EVERYTHING ? 100 : 70);
    if (dice < 22) {
      return adjust();
    }
    if (dice < 38) {
      return GetStockRequest.newBuilder().setStore(store()).setSku(sku()).build();
    }
    if (dice < 46) {
      return reserve(reservations++);
    }
    if (dice < 60) {
      return ofReservation(dice);
    }
    if (dice < 70) {
      return dice < 65 ? order() : terms();
    }
    if (dice < 82) {
      return dice < 77 ? lease(dice) : batch();
    }
    return dice < 97 ? transfer(dice) : readMany();
  }

  private AdjustStockRequest adjust() {
    long delta = random.nextInt(9) - 4L;
    AdjustStockRequest.Builder adjust =
        AdjustStockRequest.newBuilder()
            .setStore(store())
            .setSku(sku())
            .setDelta(delta == 0 ? -5 : delta)
            .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECOUNT)
            .setIdempotencyKey(key());
    if (random.nextInt(8) == 0) {
      adjust.setExpectedVersion(1 + random.nextInt(20));
    }
    if (delta < 0 && random.nextInt(6) == 0) {
      adjust.setRecordShortfall(true);
    }
    if (mix == Mix.EVERYTHING && random.nextInt(4) == 0) {
      adjust.addFencingTokens(tokens.get(random.nextInt(tokens.size())));
    }
    return adjust.build();
  }

  private ReserveRequest reserve(int number) {
    ReserveRequest.Builder reserve =
        ReserveRequest.newBuilder()
            .setStore(store())
            .setReservationId("r" + number)
            .setTtlMillis(ttlMillis())
            .setReference("order " + number)
            .setIdempotencyKey(key());
    if (random.nextInt(3) == 0) {
      reserve.setMode(ReserveMode.RESERVE_MODE_UP_TO);
    }
    lines().forEach(reserve::addLines);
    return reserve.build();
  }

  private int ttlMillis() {
    return mix == Mix.WITHOUT_EXPIRY || random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(60);
  }

  private List<ReservationLine> lines() {
    List<ReservationLine> lines = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      lines.add(
          ReservationLine.newBuilder().setSku(sku()).setQuantity(1 + random.nextInt(4)).build());
    }
    return lines;
  }

  private Message ofReservation(int dice) {
    String store = store();
    String id = "r" + Math.max(0, reservations - 1 - random.nextInt(4));
    HeldQuantity some =
        HeldQuantity.newBuilder().setSku(sku()).setQuantity(1 + random.nextInt(2)).build();
    boolean whole = random.nextBoolean();
    return switch (dice % 7) {
      case 0, 1 ->
          ConfirmReservationRequest.newBuilder()
              .setStore(store)
              .setReservationId(id)
              .addAllLines(whole ? List.of() : List.of(some))
              .setKeepRest(random.nextBoolean())
              .setIdempotencyKey(key())
              .build();
      case 2, 3 ->
          ReleaseReservationRequest.newBuilder()
              .setStore(store)
              .setReservationId(id)
              .addAllLines(whole ? List.of() : List.of(some))
              .setIdempotencyKey(key())
              .build();
      case 4 ->
          ExtendReservationRequest.newBuilder()
              .setStore(store)
              .setReservationId(id)
              .setTtlMillis(1 + random.nextInt(80))
              .setIdempotencyKey(key())
              .build();
      case 5 ->
          ReplaceReservationRequest.newBuilder()
              .setStore(store)
              .setReservationId(id)
              .addAllLines(lines())
              .setExpectedVersion(1 + random.nextInt(2))
              .setIdempotencyKey(key())
              .build();
      default -> GetReservationRequest.newBuilder().setStore(store).setReservationId(id).build();
    };
  }

  private SubmitOrderRequest order() {
    SubmitOrderRequest.Builder order =
        SubmitOrderRequest.newBuilder().setStore(store()).setIdempotencyKey(key());
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      AdjustStockRequest adjust =
          adjust().toBuilder()
              .clearStore()
              .clearIdempotencyKey()
              .clearFencingTokens()
              .clearExpectedVersion()
              .build();
      order.addOperations(OrderOperation.newBuilder().setAdjustStock(adjust));
    }
    if (random.nextInt(3) == 0) {
      ReserveRequest reserve =
          reserve(reservations++).toBuilder()
              .clearStore()
              .clearIdempotencyKey()
              .clearReference()
              .build();
      order.addOperations(OrderOperation.newBuilder().setReserve(reserve));
    }
    return order.build();
  }

  private Message terms() {
    String store = store();
    String sku = sku();
    return switch (random.nextInt(7)) {
      case 0 ->
          CountStockRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setCounted(random.nextInt(15))
              .setIdempotencyKey(key())
              .build();
      case 1 ->
          SetSafetyStockRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setQuantity(random.nextInt(4))
              .setIdempotencyKey(key())
              .build();
      case 2, 3 ->
          SetItemFrozenRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setFrozen(random.nextInt(3) == 0)
              .setIdempotencyKey(key())
              .build();
      case 4 ->
          SetStoreFrozenRequest.newBuilder()
              .setStore(store)
              .setFrozen(random.nextInt(4) == 0)
              .setIdempotencyKey(key())
              .build();
      case 5 ->
          CreateItemRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setInitialQuantity(random.nextInt(5))
              .setIdempotencyKey(key())
              .build();
      default ->
          DeleteItemRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setIdempotencyKey(key())
              .build();
    };
  }

  private Message lease(int dice) {
    String store = store();
    String sku = sku();
    long token = tokens.get(tokens.size() - 1 - random.nextInt(Math.min(2, tokens.size())));
    return switch (dice % 5) {
      case 0, 1 ->
          AcquireLeaseRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setHolder("holder-" + random.nextInt(3))
              .setTtlMillis(1 + random.nextInt(20))
              .setIdempotencyKey(key())
              .build();
      case 2 ->
          RenewLeaseRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setToken(token)
              .setTtlMillis(1 + random.nextInt(20))
              .setIdempotencyKey(key())
              .build();
      case 3 ->
          ReleaseLeaseRequest.newBuilder()
              .setStore(store)
              .setSku(sku)
              .setToken(token)
              .setIdempotencyKey(key())
              .build();
      default -> GetLeaseRequest.newBuilder().setStore(store).setSku(sku).build();
    };
  }

  private SubmitBatchRequest batch() {
    SubmitBatchRequest.Builder batch = SubmitBatchRequest.newBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      batch.addCommands(
          random.nextInt(3) == 0
              ? Command.newBuilder().setReserve(reserve(reservations++))
              : Command.newBuilder().setAdjustStock(adjust()));
    }
    return batch.build();
  }

  private Message transfer(int dice) {
    String store = stores.get(0);
    String destination = stores.get(1 + random.nextInt(stores.size() - 1));
    String id = "t" + Math.max(0, transfers - 1 - random.nextInt(4));
    return switch (dice % 5) {
      case 0 ->
          ShipTransferRequest.newBuilder()
              .setStore(store)
              .setDestination(destination)
              .setTransferId("t" + transfers++)
              .addLines(TransferUnits.newBuilder().setSku("tea").setQuantity(1 + random.nextInt(4)))
              .addLines(TransferUnits.newBuilder().setSku("ice").setQuantity(1))
              .setIdempotencyKey(key())
              .build();
      case 1, 2 ->
          ReceiveTransferRequest.newBuilder()
              .setStore(store)
              .setTransferId(id)
              .addAllLines(
                  random.nextBoolean()
                      ? List.of()
                      : List.of(
                          ReceivedUnits.newBuilder()
                              .setSku("tea")
                              .setQuantity(random.nextInt(3))
                              .setLost(1)
                              .build()))
              .setIdempotencyKey(key())
              .build();
      case 3 ->
          CancelTransferRequest.newBuilder()
              .setStore(store)
              .setTransferId(id)
              .setIdempotencyKey(key())
              .build();
      default -> GetTransferRequest.newBuilder().setStore(store).setTransferId(id).build();
    };
  }

  private BatchGetStockRequest readMany() {
    BatchGetStockRequest.Builder read = BatchGetStockRequest.newBuilder();
    stores.forEach(store -> read.addItems(ItemKey.newBuilder().setStore(store).setSku(sku())));
    return read.build();
  }

  private String store() {
    return stores.get(random.nextInt(stores.size()));
  }

  private String sku() {
    return SKUS.get(random.nextInt(SKUS.size()));
  }
}
