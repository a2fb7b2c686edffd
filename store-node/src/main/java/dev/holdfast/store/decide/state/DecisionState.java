package dev.holdfast.store.decide.state;

import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Read access of a decision to the state. Null means that there is no such record. */
public interface DecisionState {
  @Nullable StockLevel stock(StockKey item);

  @Nullable Reservation reservation(ReservationKey key);

  @Nullable Receipt receipt(ReceiptKey key);

  /** Those that there are; only to be read. */
  Leases leases();

  /** Those that are frozen; only to be read. */
  Set<String> frozenStores();

  TransferState transfers();

  /** Of all stock records. */
  StateDigest digest();
}
