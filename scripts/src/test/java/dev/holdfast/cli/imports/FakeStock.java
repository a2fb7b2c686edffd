package dev.holdfast.cli.imports;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.inventory.v1.Accepted;
import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.CommandOutcome;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.Position;
import dev.holdfast.proto.inventory.v1.StockLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides commands like a partition does, with receipts; remembers in which order. */
final class FakeStock {
  private final Map<String, CommandOutcome> receipts = new HashMap<>();
  private final Map<StockKey, Long> onHand = new HashMap<>();
  private final Map<StockKey, List<String>> keysByItem = new HashMap<>();

  private long sequence;
  private int asked;

  /** Where its log ends. */
  synchronized long sequence() {
    return sequence;
  }

  /** As nodes do in time. */
  synchronized void forgetReceipts() {
    receipts.clear();
  }

  /** As if the cluster had been made anew. */
  synchronized void wipe() {
    receipts.clear();
    onHand.clear();
    sequence = 0;
  }

  /** How many commands it was asked to decide. */
  synchronized int asked() {
    return asked;
  }

  synchronized CommandOutcome decide(Command command) {
    asked++;
    return command.hasCreateItem()
        ? receipts.computeIfAbsent(
            command.getCreateItem().getIdempotencyKey(), key -> create(command.getCreateItem()))
        : receipts.computeIfAbsent(
            command.getAdjustStock().getIdempotencyKey(), key -> adjust(command.getAdjustStock()));
  }

  static CommandOutcome notDecided(Reason reason) {
    return CommandOutcome.newBuilder().setError(Statuses.of(reason, "scripted")).build();
  }

  /** The idempotency keys of what was decided on an item, in the order of the decisions. */
  synchronized Map<StockKey, List<String>> keysByItem() {
    Map<StockKey, List<String>> copy = new HashMap<>();
    keysByItem.forEach((item, keys) -> copy.put(item, List.copyOf(keys)));
    return copy;
  }

  synchronized long onHand(String store, String sku) {
    return onHand.getOrDefault(new StockKey(store, sku), 0L);
  }

  synchronized List<StockLevel> levels() {
    Map<String, StockLevel> sorted = new TreeMap<>();
    onHand.forEach(
        (item, units) -> sorted.put(item.store() + '\0' + item.sku(), level(item, units)));
    return List.copyOf(sorted.values());
  }

  private CommandOutcome create(CreateItemRequest request) {
    StockKey item = new StockKey(request.getStore(), request.getSku());
    note(item, request.getIdempotencyKey());
    if (onHand.putIfAbsent(item, request.getInitialQuantity()) != null) {
      return notDecided(Reason.ITEM_EXISTS);
    }
    return accepted(item, request.getInitialQuantity());
  }

  private CommandOutcome adjust(AdjustStockRequest request) {
    StockKey item = new StockKey(request.getStore(), request.getSku());
    note(item, request.getIdempotencyKey());
    Long before = onHand.get(item);
    if (before == null) {
      return notDecided(Reason.NOT_FOUND);
    }
    long after = before + request.getDelta();
    if (after < 0) {
      return notDecided(Reason.INSUFFICIENT_STOCK);
    }
    onHand.put(item, after);
    return accepted(item, after);
  }

  private void note(StockKey item, String key) {
    keysByItem.computeIfAbsent(item, first -> new ArrayList<>()).add(key);
  }

  private CommandOutcome accepted(StockKey item, long units) {
    sequence++;
    return CommandOutcome.newBuilder()
        .setAccepted(
            Accepted.newBuilder()
                .addStock(level(item, units))
                .setPosition(Position.newBuilder().setSequence(sequence)))
        .build();
  }

  private static StockLevel level(StockKey item, long units) {
    return StockLevel.newBuilder()
        .setStore(item.store())
        .setSku(item.sku())
        .setOnHand(units)
        .setAvailable(units)
        .build();
  }
}
