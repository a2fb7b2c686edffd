package dev.holdfast.store.testing;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferKey;
import dev.holdfast.store.decide.state.DecisionState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** State in the words of the {@link Auditor}. */
public final class StateText {
  private StateText() {}

  /** What a state says of these transfers, and of what these items have shipped. */
  public static Map<String, String> ofTransfers(
      DecisionState state, Collection<StockKey> items, Collection<TransferKey> transfers) {
    Map<String, String> text = new TreeMap<>();
    for (StockKey item : items) {
      StockLevel n = state.stock(item);
      if (n != null && n.netShipped() != 0) {
        text.put("shipped " + item.store() + ":" + item.sku(), Long.toString(n.netShipped()));
      }
    }
    for (TransferKey key : transfers) {
      Transfer transfer = state.transfers().transfer(key);
      if (transfer != null) {
        text.put("moves " + key.store() + ":" + key.transferId(), TransferText.of(transfer));
      }
    }
    return text;
  }

  /** What a state says of these items and reservations, of leases and frozen stores. */
  public static Map<String, String> of(
      DecisionState state,
      Collection<StockKey> items,
      Collection<ReservationKey> reservations,
      long nowMillis) {
    Map<String, String> text = new TreeMap<>();
    state.frozenStores().forEach(store -> text.put("frozen " + store, ""));
    state
        .leases()
        .all()
        .forEach(
            (item, lease) -> {
              if (lease.isLive(nowMillis)) {
                String held = lease.holder() + " " + lease.token();
                text.put("leased " + item.store() + ":" + item.sku(), held);
              }
            });
    for (StockKey item : items) {
      StockLevel n = state.stock(item);
      if (n != null) {
        text.put("item " + item.store() + ":" + item.sku(), AnswerText.level(item.sku(), n));
      }
    }
    for (ReservationKey key : reservations) {
      Reservation reservation = state.reservation(key);
      if (reservation != null) {
        text.put("held " + key.store() + ":" + key.reservationId(), held(reservation));
      }
    }
    return text;
  }

  private static String held(Reservation reservation) {
    if (!(reservation instanceof Reservation.Open open)) {
      return reservation.state().name();
    }
    Map<String, Long> held = new LinkedHashMap<>();
    open.lines().forEach(line -> held.put(line.sku(), line.quantity()));
    String until = open.life().expiresMillis() + "/" + open.life().endsMillis();
    return held + " v" + open.version() + " until " + until;
  }
}
