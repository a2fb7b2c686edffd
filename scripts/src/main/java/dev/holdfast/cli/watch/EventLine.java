package dev.holdfast.cli.watch;

import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.PositionText;
import dev.holdfast.proto.feed.v1.StoreTerms;
import dev.holdfast.proto.feed.v1.WatchedChange;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.log.v1.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Style;

/** Formats an event for people, coloured by its effect on the stock. */
record EventLine(boolean coloured) {
  String line(WatchedEvent event) {
    List<String> words = new ArrayList<>();
    words.add(Instant.ofEpochMilli(event.getTimeMillis()).toString());
    words.add(PositionText.text(event.getPosition()));
    words.add(coloured(ContractWords.word(event.getKind()), style(event)));
    words.add(event.getStore());
    words.add(event.getSku());
    words.add(labelled("reservation ", event.getReservationId()));
    words.add(
        event.getChangesList().stream().map(EventLine::text).collect(Collectors.joining("; ")));
    words.add(event.getShortfall() == 0 ? "" : "shortfall " + event.getShortfall());
    words.add(event.hasStoreTerms() ? terms(event.getStoreTerms()) : "");
    words.add(event.getReason());
    words.add(labelled("ref ", event.getReference()));
    words.add(labelled("by ", event.getPrincipal()));
    words.removeIf(String::isEmpty);
    return String.join(" ", words);
  }

  private static String terms(StoreTerms terms) {
    if (terms.getFrozen() == terms.getFrozenBefore()) {
      return terms.getFrozen() ? "frozen as before" : "not frozen, as before";
    }
    return terms.getFrozen() ? "now frozen" : "not frozen any more";
  }

  private static String labelled(String label, String value) {
    return value.isEmpty() ? "" : label + value;
  }

  private static String text(WatchedChange change) {
    List<String> parts = new ArrayList<>();
    if (change.getOnHandDelta() != 0) {
      parts.add(delta("on hand", change.getOnHandDelta(), change.getAfter().getOnHand()));
    }
    if (change.getReservedDelta() != 0) {
      parts.add(delta("reserved", change.getReservedDelta(), change.getAfter().getReserved()));
    }
    long safetyStock = change.getAfter().getSafetyStock();
    if (safetyStock != change.getSafetyStockBefore()) {
      long delta = safetyStock - change.getSafetyStockBefore();
      parts.add(delta("safety stock", delta, safetyStock));
    }
    if (change.getAfter().getFrozen() != change.getFrozenBefore()) {
      parts.add(change.getFrozenBefore() ? "not frozen any more" : "now frozen");
    }
    String changes = parts.isEmpty() ? "" : " " + String.join(", ", parts);
    String deleted = change.getDeleted() ? ", deleted" : "";
    return "%s%s (v%d%s)"
        .formatted(change.getAfter().getSku(), changes, change.getAfter().getVersion(), deleted);
  }

  private static String delta(String what, long delta, long after) {
    return "%s %+d -> %d".formatted(what, delta, after);
  }

  private static Style style(WatchedEvent event) {
    if (event.getKind() == EventKind.EVENT_KIND_COMMAND_REJECTED) {
      return Style.fg_red;
    }
    long onHand = event.getChangesList().stream().mapToLong(WatchedChange::getOnHandDelta).sum();
    if (onHand != 0) {
      return onHand > 0 ? Style.fg_green : Style.fg_yellow;
    }
    return event.getChangesCount() > 0 ? Style.fg_cyan : Style.faint;
  }

  private String coloured(String text, Style style) {
    return coloured ? Style.on(style) + text + Style.off(style) : text;
  }
}
