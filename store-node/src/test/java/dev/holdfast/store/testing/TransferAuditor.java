package dev.holdfast.store.testing;

import dev.holdfast.common.domain.MovedLine;
import dev.holdfast.common.domain.TransferCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of the {@link Auditor} that is about transfers, written from the comments of
 * transfer.proto and handover.proto. All hand-overs are to, and from, one other partition.
 */
final class TransferAuditor {
  private static final long MAX = 1_000_000_000_000L;

  /** The stock that the auditor keeps. */
  interface Stock {
    /** On hand, reserved; null when there is no such item. */
    long @Nullable [] find(String store, String sku);

    boolean isFrozen(String store, String sku);

    /** Changes what is on hand, or makes the item, and tells it as an answer does. */
    String move(String store, String sku, long onHand);
  }

  /** Shipped, received, lost, cancelled, arriving. */
  private record Line(long shipped, long received, long lost, long cancelled, long arriving) {
    long left() {
      return shipped - received - lost - cancelled - arriving;
    }

    String text(String sku) {
      return " %s:%d-%d-%d-%d-%d".formatted(sku, shipped, received, lost, cancelled, arriving);
    }
  }

  private record Id(String store, String name) {}

  private static final class Moving {
    private final String destination;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private long version = 1;
    private long closedAt;

    Moving(String destination) {
      this.destination = destination;
    }

    boolean isClosed() {
      return lines.values().stream().allMatch(line -> line.left() + line.arriving == 0);
    }

    String text() {
      StringBuilder text = new StringBuilder(" to ").append(destination);
      lines.forEach((sku, line) -> text.append(line.text(sku)));
      return text.append(" v").append(version).append(isClosed() ? " closed" : "").toString();
    }
  }

  private record Sent(Id transfer, Map<String, Long> units) {}

  private final Stock stock;
  private final Map<Id, Moving> transfers = new HashMap<>();
  private final Map<Id, Long> netShipped = new HashMap<>();
  private final List<Sent> sent = new ArrayList<>();
  private int settled;
  private final List<Boolean> taken = new ArrayList<>();
  private long sequence;

  TransferAuditor(Stock stock) {
    this.stock = stock;
  }

  /** The sequence of the event that is decided next. */
  void at(long next) {
    sequence = next;
  }

  void forgetClosed(long throughSequence) {
    transfers.values().removeIf(moving -> moving.isClosed() && moving.closedAt <= throughSequence);
  }

  private void changed(Moving moving) {
    moving.version++;
    moving.closedAt = sequence;
  }

  String decide(TransferCommand command) {
    if (command instanceof TransferCommand.ShipTransfer c) {
      return ship(c);
    }
    if (command instanceof TransferCommand.ReceiveTransfer c) {
      return receive(c);
    }
    if (command instanceof TransferCommand.CancelTransfer c) {
      return cancel(new Id(c.transfer().store(), c.transfer().transferId()));
    }
    if (command instanceof TransferCommand.CreditTransfer c) {
      return credit(c);
    }
    if (command instanceof TransferCommand.SettleHandover c) {
      return settle(c);
    }
    throw new AssertionError("the auditor does not know " + command);
  }

  private String ship(TransferCommand.ShipTransfer c) {
    Id id = new Id(c.transfer().store(), c.transfer().transferId());
    if (transfers.containsKey(id)) {
      return "TRANSFER_EXISTS " + id.name;
    }
    if (!c.destinationKnown()) {
      return "DESTINATION_NOT_FOUND " + id.name;
    }
    for (MovedLine line : c.lines()) {
      if (stock.find(id.store, line.sku()) == null) {
        return "ITEM_NOT_FOUND " + line.sku();
      }
    }
    for (MovedLine line : c.lines()) {
      if (stock.isFrozen(id.store, line.sku())) {
        return "ITEM_FROZEN " + line.sku();
      }
    }
    for (MovedLine line : c.lines()) {
      long[] now = found(id.store, line.sku());
      if (line.quantity() > now[0] - now[1]) {
        long free = now[0] - now[1];
        return Auditor.insufficient(line.sku(), line.quantity(), free)
            + Auditor.held(now[0], now[1], 0);
      }
    }
    Moving moving = new Moving(c.destination());
    StringBuilder answer = new StringBuilder("ok");
    for (MovedLine line : c.lines()) {
      answer.append(move(id.store, line.sku(), -line.quantity()));
      moving.lines.put(line.sku(), new Line(line.quantity(), 0, 0, 0, 0));
    }
    transfers.put(id, moving);
    return answer + moving.text();
  }

  private String receive(TransferCommand.ReceiveTransfer c) {
    Id id = new Id(c.transfer().store(), c.transfer().transferId());
    Moving moving = transfers.get(id);
    if (moving == null) {
      return "TRANSFER_NOT_FOUND " + id.name;
    }
    if (moving.isClosed()) {
      return "TRANSFER_CLOSED " + id.name;
    }
    List<TransferCommand.ReceivedLine> lines = new ArrayList<>(c.lines());
    if (lines.isEmpty()) {
      moving.lines.forEach((sku, line) -> addRest(lines, sku, line.left()));
      if (lines.isEmpty()) {
        return nothingLeft(moving);
      }
    }
    for (TransferCommand.ReceivedLine line : lines) {
      Line there = moving.lines.get(line.sku());
      long left = there == null ? 0 : there.left();
      long asked = line.quantity() + line.lost();
      if (asked > left) {
        return "NOT_OUTSTANDING " + line.sku() + " " + asked + " of " + left;
      }
    }
    return handOver(id, moving, lines);
  }

  private static void addRest(List<TransferCommand.ReceivedLine> lines, String sku, long left) {
    if (left > 0) {
      lines.add(new TransferCommand.ReceivedLine(sku, left, 0));
    }
  }

  private String handOver(Id id, Moving moving, List<TransferCommand.ReceivedLine> lines) {
    StringBuilder answer = new StringBuilder("ok");
    StringBuilder units = new StringBuilder();
    Map<String, Long> handedOver = new LinkedHashMap<>();
    for (TransferCommand.ReceivedLine part : lines) {
      moving.lines.computeIfPresent(
          part.sku(),
          (sku, n) ->
              new Line(
                  n.shipped,
                  n.received,
                  n.lost + part.lost(),
                  n.cancelled,
                  n.arriving + part.quantity()));
      if (part.lost() > 0) {
        netShipped.merge(new Id(id.store, part.sku()), -part.lost(), Long::sum);
        answer.append(stock.move(id.store, part.sku(), 0));
      }
      if (part.quantity() > 0) {
        units.append(" ").append(part.sku()).append("*").append(part.quantity());
        handedOver.put(part.sku(), part.quantity());
      }
    }
    changed(moving);
    answer.append(moving.text());
    if (!handedOver.isEmpty()) {
      sent.add(new Sent(id, handedOver));
      answer.append(" #").append(sent.size()).append(units);
    }
    return answer.toString();
  }

  private static String nothingLeft(Moving moving) {
    for (Map.Entry<String, Line> each : moving.lines.entrySet()) {
      if (each.getValue().arriving > 0) {
        return "NOT_OUTSTANDING " + each.getKey() + " " + each.getValue().arriving + " of 0";
      }
    }
    throw new AssertionError("a transfer that is open has something in transit");
  }

  private String cancel(Id id) {
    Moving moving = transfers.get(id);
    if (moving == null) {
      return "TRANSFER_NOT_FOUND " + id.name;
    }
    if (moving.isClosed()) {
      return "TRANSFER_CLOSED " + id.name;
    }
    if (moving.lines.values().stream().allMatch(line -> line.left() == 0)) {
      return nothingLeft(moving);
    }
    for (Map.Entry<String, Line> each : moving.lines.entrySet()) {
      long[] now = stock.find(id.store, each.getKey());
      if (now != null && each.getValue().left() > MAX - now[0]) {
        String numbers = each.getValue().left() + " of " + (now[0] - now[1]);
        return "QUANTITY_LIMIT " + each.getKey() + " " + numbers;
      }
    }
    StringBuilder answer = new StringBuilder("ok");
    moving.lines.replaceAll(
        (sku, n) -> {
          long left = n.left();
          if (left > 0) {
            answer.append(move(id.store, sku, left));
          }
          return new Line(n.shipped, n.received, n.lost, n.cancelled + left, n.arriving);
        });
    changed(moving);
    return answer + moving.text();
  }

  private String credit(TransferCommand.CreditTransfer c) {
    if (c.number() <= taken.size()) {
      return taken.get((int) c.number() - 1) ? "credited" : "credit refused";
    }
    if (c.number() > taken.size() + 1) {
      return "HANDOVER_OUT_OF_ORDER " + c.transfer().transferId();
    }
    for (MovedLine line : c.handover().lines()) {
      long[] now = stock.find(c.store(), line.sku());
      if (now != null && line.quantity() > MAX - now[0]) {
        taken.add(false);
        return "credit refused";
      }
    }
    StringBuilder answer = new StringBuilder("credited");
    for (MovedLine line : c.handover().lines()) {
      answer.append(move(c.store(), line.sku(), line.quantity()));
    }
    taken.add(true);
    return answer.toString();
  }

  private String settle(TransferCommand.SettleHandover c) {
    if (c.handover().number() != settled + 1 || settled == sent.size()) {
      return "HANDOVER_OUT_OF_ORDER " + c.transfer().transferId();
    }
    Sent next = sent.get(settled);
    Moving moving = transfers.get(next.transfer);
    if (moving == null) {
      throw new AssertionError("no transfer of a hand-over");
    }
    next.units.forEach(
        (sku, quantity) -> moving.lines.computeIfPresent(sku, (s, n) -> arrived(n, quantity, c)));
    settled++;
    changed(moving);
    return "ok" + moving.text() + " settled #" + settled + " " + c.credited();
  }

  private static Line arrived(Line n, long quantity, TransferCommand.SettleHandover c) {
    long received = n.received + (c.credited() ? quantity : 0);
    return new Line(n.shipped, received, n.lost, n.cancelled, n.arriving - quantity);
  }

  long settledNumber() {
    return settled;
  }

  long takenNumber() {
    return taken.size();
  }

  private String move(String store, String sku, long units) {
    netShipped.merge(new Id(store, sku), -units, Long::sum);
    return stock.move(store, sku, units);
  }

  private long[] found(String store, String sku) {
    long[] now = stock.find(store, sku);
    if (now == null) {
      throw new AssertionError("no item " + sku + " in " + store);
    }
    return now;
  }

  Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    transfers.forEach(
        (id, moving) -> state.put("moves " + id.store + ":" + id.name, moving.text()));
    netShipped.forEach(
        (id, units) -> {
          if (units != 0) {
            state.put("shipped " + id.store + ":" + id.name, units.toString());
          }
        });
    return state;
  }
}
