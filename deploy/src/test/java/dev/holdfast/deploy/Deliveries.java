package dev.holdfast.deploy;

import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.common.client.HoldfastException;
import dev.holdfast.common.client.OutcomeUnknownException;
import dev.holdfast.common.status.Reason;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.GetStockRequest;
import dev.holdfast.proto.inventory.v1.SubmitBatchRequest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Receives units of one item, one by one and many to a call, and keeps the books: what is on hand
 * must be what was acknowledged, give or take what was left unknown. Used by one thread, read by
 * any.
 */
final class Deliveries {
  private static final int UNITS_PER_CALL = 1_000;
  private static final String LONG_REFERENCE = "x".repeat(128);

  private final HoldfastClient client;
  private final String store;
  private final String sku;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();

  Deliveries(HoldfastClient client, String store, String sku) {
    this.client = client;
    this.store = store;
    this.sku = sku;
  }

  /** Delivers some units and tells why some of them were refused; empty when none was. */
  Set<Reason> deliver() {
    Set<Reason> refusals = EnumSet.noneOf(Reason.class);
    try {
      for (CommandOutcome outcome : client.submitBatch(batch()).join().getOutcomesList()) {
        count(outcome, refusals);
      }
    } catch (CompletionException e) {
      throw new AssertionError("a well-formed batch has an outcome for each command", e);
    }
    return refusals;
  }

  private SubmitBatchRequest batch() {
    Command one =
        Command.newBuilder()
            .setAdjustStock(
                AdjustStockRequest.newBuilder()
                    .setStore(store)
                    .setSku(sku)
                    .setDelta(1)
                    .setReason(AdjustmentReason.ADJUSTMENT_REASON_RECEIVE)
                    .setReference(LONG_REFERENCE))
            .build();
    return SubmitBatchRequest.newBuilder()
        .addAllCommands(Collections.nCopies(UNITS_PER_CALL, one))
        .build();
  }

  private void count(CommandOutcome outcome, Set<Reason> refusals) {
    if (outcome.hasAccepted()) {
      acknowledged.incrementAndGet();
      return;
    }
    HoldfastException failure = HoldfastException.of(outcome.getError());
    if (failure instanceof OutcomeUnknownException) {
      unknown.incrementAndGet();
    } else if (failure.reason() != null) {
      refusals.add(failure.reason());
    }
  }

  long acknowledged() {
    return acknowledged.get();
  }

  /** Units that may or may not be there. */
  long unknown() {
    return unknown.get();
  }

  long onHand() {
    GetStockRequest item = GetStockRequest.newBuilder().setStore(store).setSku(sku).build();
    return client.getStock(item).join().getStock().getOnHand();
  }
}
