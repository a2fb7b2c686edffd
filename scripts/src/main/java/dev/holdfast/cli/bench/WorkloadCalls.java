package dev.holdfast.cli.bench;

import dev.holdfast.cli.FailedException;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.ReservationLine;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchResponse;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** The calls of each workload. */
final class WorkloadCalls {
  private static final int HOT_ITEM = 0;
  private static final int MIXED_READS = 70;
  private static final int MIXED_ADJUSTS = 20;

  private final HoldfastClient client;
  private final Items items;

  WorkloadCalls(HoldfastClient client, Items items) {
    this.client = client;
    this.items = items;
  }

  Caller of(Workload workload) {
    return switch (workload) {
      case single -> this::adjustAny;
      case batch -> this::submitBatch;
      case hot -> random -> client.adjustStock(adjustment(HOT_ITEM, random));
      case read -> this::read;
      case mixed -> this::mixed;
      case pair -> this::reserveAndConfirm;
      case pairbatch -> this::submitPairs;
      case order -> this::submitOrder;
    };
  }

  private CompletableFuture<?> adjustAny(SplittableRandom random) {
    return client.adjustStock(adjustmentOfAny(random));
  }

  AdjustStockRequest adjustmentOfAny(SplittableRandom random) {
    return adjustment(random.nextInt(items.count()), random);
  }

  private CompletableFuture<?> submitBatch(SplittableRandom random) {
    SubmitBatchRequest.Builder request = SubmitBatchRequest.newBuilder();
    // All in one store, so that the batch is one call and not one per partition.
    int first = random.nextInt(items.count());
    for (int i = 0; i < Items.BATCH; i++) {
      int item = items.inSameStore(first, random);
      request.addCommands(Command.newBuilder().setAdjustStock(adjustment(item, random)));
    }
    return client.submitBatch(request.build()).thenAccept(WorkloadCalls::check);
  }

  /** Each pair stands together: the confirmation is decided on top of its reservation. */
  private CompletableFuture<?> submitPairs(SplittableRandom random) {
    SubmitBatchRequest.Builder request = SubmitBatchRequest.newBuilder();
    int first = random.nextInt(items.count());
    for (int i = 0; i < Items.BATCH / 2; i++) {
      int item = items.inSameStore(first, random);
      String id = client.keys().next();
      request.addCommands(Command.newBuilder().setReserve(reservation(item).setReservationId(id)));
      request.addCommands(Command.newBuilder().setConfirmReservation(confirmation(item, id)));
    }
    return client.submitBatch(request.build()).thenAccept(WorkloadCalls::check);
  }

  private CompletableFuture<?> submitOrder(SplittableRandom random) {
    int first = random.nextInt(items.count());
    SubmitOrderRequest.Builder request =
        SubmitOrderRequest.newBuilder()
            .setStore(items.store(first))
            .setIdempotencyKey(client.keys().next());
    for (int i = 0; i < Items.ORDER; i++) {
      AdjustStockRequest.Builder operation =
          adjustment(items.inSameStore(first, random), random).toBuilder();
      operation.clearStore().clearIdempotencyKey(); // those of the order count
      request.addOperations(OrderOperation.newBuilder().setAdjustStock(operation));
    }
    return client.submitOrder(request.build());
  }

  private CompletableFuture<?> read(SplittableRandom random) {
    int item = random.nextInt(items.count());
    return client.getStock(
        GetStockRequest.newBuilder().setStore(items.store(item)).setSku(items.sku(item)).build());
  }

  private CompletableFuture<?> mixed(SplittableRandom random) {
    int dice = random.nextInt(100);
    if (dice < MIXED_READS) {
      return read(random);
    }
    return dice < MIXED_READS + MIXED_ADJUSTS ? adjustAny(random) : reserveAndConfirm(random);
  }

  private CompletableFuture<?> reserveAndConfirm(SplittableRandom random) {
    int item = random.nextInt(items.count());
    return client
        .reserve(reservation(item).build())
        .thenCompose(
            held -> client.confirmReservation(confirmation(item, held.getReservationId())));
  }

  private ReserveRequest.Builder reservation(int item) {
    return ReserveRequest.newBuilder()
        .setStore(items.store(item))
        .addLines(ReservationLine.newBuilder().setSku(items.sku(item)).setQuantity(1))
        .setIdempotencyKey(client.keys().next());
  }

  private ConfirmReservationRequest confirmation(int item, String reservationId) {
    return ConfirmReservationRequest.newBuilder()
        .setStore(items.store(item))
        .setReservationId(reservationId)
        .setIdempotencyKey(client.keys().next())
        .build();
  }

  private AdjustStockRequest adjustment(int item, SplittableRandom random) {
    boolean sale = random.nextBoolean();
    return AdjustStockRequest.newBuilder()
        .setStore(items.store(item))
        .setSku(items.sku(item))
        .setDelta(sale ? -1 : 1)
        .setReason(
            sale
                ? AdjustmentReason.ADJUSTMENT_REASON_SALE
                : AdjustmentReason.ADJUSTMENT_REASON_RECEIVE)
        .setIdempotencyKey(client.keys().next())
        .build();
  }

  private static void check(SubmitBatchResponse response) {
    for (CommandOutcome outcome : response.getOutcomesList()) {
      if (outcome.hasError()) {
        throw HoldfastException.of(outcome.getError());
      }
    }
    if (response.getOutcomesCount() != Items.BATCH) {
      throw new FailedException("a batch was answered with " + response.getOutcomesCount());
    }
  }
}
