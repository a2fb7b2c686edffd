package dev.holdfast.cli.drill.check;

import dev.holdfast.cli.drill.history.LogEntry;
import dev.holdfast.cli.drill.model.Model;
import dev.holdfast.cli.drill.model.Moment;
import dev.holdfast.proto.log.v1.CreditedLine;
import dev.holdfast.proto.log.v1.Event;
import dev.holdfast.proto.log.v1.HandoverSettled;
import dev.holdfast.proto.log.v1.ReservationExpired;
import dev.holdfast.proto.log.v1.TransferCreditRefused;
import dev.holdfast.proto.log.v1.TransferCredited;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The events that nobody asks for: expiry, and the way of transferred units between partitions.
 * Units arrive as the destination's log says; once all partitions are replayed, {@link #check}
 * compares that with what the sources handed over.
 */
final class SystemSteps {
  private record Transfer(String store, String id) {}

  /** The fate of a hand-over at its destination; null units when it was refused. */
  private record Arrival(boolean credited, Map<String, Long> units) {}

  private final Predicate<String> isOurs;
  private final Findings findings;
  private final Map<Transfer, List<Arrival>> arrivals = new HashMap<>();
  private final Map<Transfer, List<Boolean>> settled = new HashMap<>();
  private final Map<Transfer, Model> sources = new HashMap<>();

  SystemSteps(Predicate<String> isOurs, Findings findings) {
    this.isOurs = isOurs;
    this.findings = findings;
  }

  /** False when the partition cannot be replayed any further. */
  boolean apply(LogEntry entry, Model model) {
    Event event = Objects.requireNonNull(entry.system());
    if (!isOurs.test(entry.store())) {
      return true;
    }
    return switch (entry.kind()) {
      case RESERVATION_EXPIRED -> expire(event.getReservationExpired(), entry, model);
      case TRANSFER_CREDITED -> arrive(event.getTransferCredited(), model);
      case TRANSFER_CREDIT_REFUSED -> turnBack(event.getTransferCreditRefused());
      case HANDOVER_SETTLED -> settle(event.getHandoverSettled(), model);
      default -> throw new IllegalArgumentException("not an event of the system: " + entry);
    };
  }

  private boolean expire(ReservationExpired event, LogEntry entry, Model model) {
    Moment moment = new Moment(entry.millis(), entry.sequence());
    boolean due = model.expire(event.getStore(), event.getReservationId(), moment);
    if (!due) {
      String what = "reservation %s expired at %d, when it was not due";
      findings.add(
          Breach.EXPIRED_EARLY,
          what.formatted(event.getReservationId(), entry.sequence()),
          List.of());
    }
    return due;
  }

  private boolean arrive(TransferCredited event, Model model) {
    Map<String, Long> units = new TreeMap<>();
    for (CreditedLine line : event.getLinesList()) {
      units.put(line.getSku(), line.getQuantity());
    }
    model.arrive(event.getDestination(), units);
    arrivals
        .computeIfAbsent(
            new Transfer(event.getStore(), event.getTransferId()), first -> new ArrayList<>())
        .add(new Arrival(true, units));
    return true;
  }

  private boolean turnBack(TransferCreditRefused event) {
    arrivals
        .computeIfAbsent(
            new Transfer(event.getStore(), event.getTransferId()), first -> new ArrayList<>())
        .add(new Arrival(false, Map.of()));
    return true;
  }

  private boolean settle(HandoverSettled event, Model model) {
    Transfer transfer = new Transfer(event.getStore(), event.getTransferId());
    sources.put(transfer, model);
    settled.computeIfAbsent(transfer, first -> new ArrayList<>()).add(event.getCredited());
    if (model.settle(transfer.store(), transfer.id(), event.getCredited())) {
      return true;
    }
    findings.add(Breach.WRONG_ARRIVAL, "settled without a hand-over: " + transfer, List.of());
    return false;
  }

  /**
   * Compares both sides of every transfer.
   *
   * @param modelOf the model of the partition of a store
   */
  void check(java.util.function.Function<String, Model> modelOf) {
    arrivals.forEach(
        (transfer, arrived) ->
            check(
                transfer,
                modelOf.apply(transfer.store()).sent(transfer.store(), transfer.id()),
                arrived));
    settled.forEach(
        (transfer, fates) -> {
          List<Boolean> arrived =
              arrivals.getOrDefault(transfer, List.of()).stream().map(Arrival::credited).toList();
          if (fates.size() > arrived.size() || !arrived.subList(0, fates.size()).equals(fates)) {
            findings.add(
                Breach.WRONG_ARRIVAL,
                transfer + " was settled otherwise than it arrived",
                List.of());
          }
        });
  }

  private void check(Transfer transfer, List<Map<String, Long>> sent, List<Arrival> arrived) {
    for (int i = 0; i < arrived.size(); i++) {
      boolean same =
          i < sent.size()
              && (!arrived.get(i).credited() || arrived.get(i).units().equals(sent.get(i)));
      if (!same) {
        String what = "%s handed over %s, but %s arrived".formatted(transfer, sent, arrived);
        findings.add(Breach.WRONG_ARRIVAL, what, List.of());
        return;
      }
    }
  }
}
