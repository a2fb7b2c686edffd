package dev.holdfast.aggregator.testing;

import dev.holdfast.common.domain.CreditedLine;
import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.LineChange;
import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.RejectionCode;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferEvent;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.common.domain.TransferLine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes up transfers that leave a partition, and others that come from another one. */
final class RandomShipments {
  private static final int ELSEWHERE = 9;
  private static final long CLOSED_AT = 1;
  private static final Transfer.Opening OPENING = new Transfer.Opening(1, "alice", "order-1");

  private final RandomLevels levels;
  private final Map<TransferKey, Transfer> open = new LinkedHashMap<>();
  private final Deque<Sent> onTheirWay = new ArrayDeque<>();
  private OutboundChannel outbound = OutboundChannel.NONE;
  private InboundChannel inbound = InboundChannel.NONE;
  private int count;

  RandomShipments(RandomLevels levels) {
    this.levels = levels;
  }

  private record Sent(TransferKey key, List<MovedLine> lines) {
    long quantity(String sku) {
      return lines.stream()
          .filter(line -> line.sku().equals(sku))
          .mapToLong(MovedLine::quantity)
          .sum();
    }

    long units() {
      return lines.stream().mapToLong(MovedLine::quantity).sum();
    }
  }

  /** Null when there is nothing to be shipped, or no transfer that anything could happen to. */
  @Nullable Event next(String store) {
    return switch (levels.random.nextInt(6)) {
      case 0 -> ship(store);
      case 1 -> handOver();
      case 2 -> settle();
      case 3 -> cancel();
      case 4 -> credit(store);
      default -> refuse(store);
    };
  }

  private @Nullable Event ship(String store) {
    List<LineChange> lines = new ArrayList<>();
    for (int sku = 0; sku < RandomLevels.SKUS; sku++) {
      StockKey item = new StockKey(store, RandomLevels.sku(sku));
      StockLevel level = levels.there(item);
      if (level != null && level.available() > 0 && levels.random.nextBoolean()) {
        long quantity = levels.upTo(level.available());
        lines.add(new LineChange(item.sku(), quantity, levels.put(item, level.shipped(quantity))));
      }
    }
    if (lines.isEmpty()) {
      return null;
    }
    TransferKey key = new TransferKey(store, "t" + count++);
    List<TransferLine> shipped =
        lines.stream().map(line -> TransferLine.shipped(line.sku(), line.quantity())).toList();
    Transfer after = Transfer.shipped("elsewhere", ELSEWHERE, shipped, OPENING);
    open.put(key, after);
    return new TransferEvent.TransferShipped(key, after, lines);
  }

  private @Nullable TransferKey outstanding() {
    return open.entrySet().stream()
        .filter(each -> each.getValue().lines().stream().anyMatch(line -> line.outstanding() > 0))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private Transfer changed(TransferKey key, UnaryOperator<TransferLine> change) {
    Transfer before = open.get(key);
    if (before == null) {
      throw new IllegalStateException("no transfer " + key);
    }
    Transfer after = before.changed(change, CLOSED_AT);
    open.put(key, after);
    return after;
  }

  /** Of each line some units arrive, and some are lost. */
  private @Nullable Event handOver() {
    TransferKey key = outstanding();
    if (key == null) {
      return null;
    }
    List<MovedLine> moved = new ArrayList<>();
    List<LineChange> lost = new ArrayList<>();
    Transfer after = changed(key, line -> handOver(key, line, moved, lost));
    TransferEvent.TransferHandedOver.Sent handover = null;
    if (!moved.isEmpty()) {
      outbound = outbound.withOneMore();
      onTheirWay.add(new Sent(key, moved));
      handover = new TransferEvent.TransferHandedOver.Sent(outbound, moved);
    }
    return new TransferEvent.TransferHandedOver(key, after, handover, lost);
  }

  private TransferLine handOver(
      TransferKey key, TransferLine line, List<MovedLine> moved, List<LineChange> lost) {
    if (line.outstanding() == 0) {
      return line;
    }
    long gone = levels.random.nextInt(3) == 0 ? 1 : 0;
    long arriving = line.outstanding() > gone ? levels.upTo(line.outstanding() - gone) : 0;
    if (arriving > 0) {
      moved.add(new MovedLine(line.sku(), arriving));
    }
    if (gone > 0) {
      StockKey item = new StockKey(key.store(), line.sku());
      StockLevel after = levels.put(item, levels.of(item).changed(0, 0, -gone));
      lost.add(new LineChange(line.sku(), gone, after));
    }
    return line.handedOver(arriving, gone);
  }

  private @Nullable Event settle() {
    Sent sent = onTheirWay.poll();
    if (sent == null) {
      return null;
    }
    boolean credited = levels.random.nextBoolean();
    outbound = outbound.withNextSettled(credited ? sent.units() : 0);
    Transfer after =
        changed(
            sent.key(),
            line -> {
              long quantity = sent.quantity(line.sku());
              return credited ? line.arrived(quantity) : line.turnedBack(quantity);
            });
    return new TransferEvent.HandoverSettled(sent.key(), after, outbound, credited);
  }

  private @Nullable Event cancel() {
    TransferKey key = outstanding();
    if (key == null) {
      return null;
    }
    List<CreditedLine> back = new ArrayList<>();
    Transfer after =
        changed(
            key,
            line -> {
              if (line.outstanding() > 0) {
                back.add(arrive(new StockKey(key.store(), line.sku()), line.outstanding()));
              }
              return line.cancelledRest();
            });
    return new TransferEvent.TransferCancelled(key, after, back);
  }

  private Event credit(String store) {
    List<CreditedLine> lines = new ArrayList<>();
    for (int sku = 0; sku < RandomLevels.SKUS; sku++) {
      if (lines.isEmpty() || levels.random.nextInt(3) == 0) {
        lines.add(arrive(new StockKey(store, RandomLevels.sku(sku)), levels.upTo(5)));
      }
    }
    inbound = inbound.credited(lines.stream().mapToLong(CreditedLine::quantity).sum(), 0);
    return new TransferEvent.TransferCredited(foreign(), ELSEWHERE, inbound, store, lines);
  }

  private TransferKey foreign() {
    return new TransferKey("elsewhere", "t" + count++);
  }

  /** Creates the item, or brings it back, when there is none. */
  private CreditedLine arrive(StockKey item, long quantity) {
    StockLevel before = levels.get(item);
    boolean revived = before != null && before.isDeleted();
    StockLevel after;
    if (before == null) {
      after = new StockLevel(quantity, 0, 1, -quantity, 0, StockLevel.State.ACTIVE);
    } else if (revived) {
      long netShipped = before.netShipped() - quantity;
      after =
          new StockLevel(quantity, 0, before.version() + 1, netShipped, 0, StockLevel.State.ACTIVE);
    } else {
      after = before.shipped(-quantity);
    }
    return new CreditedLine(item.sku(), quantity, levels.put(item, after), revived);
  }

  private Event refuse(String store) {
    inbound = inbound.refused(inbound.last());
    return new TransferEvent.TransferCreditRefused(
        foreign(),
        ELSEWHERE,
        inbound,
        store,
        Rejection.of(RejectionCode.QUANTITY_LIMIT, RandomLevels.sku(0)));
  }
}
