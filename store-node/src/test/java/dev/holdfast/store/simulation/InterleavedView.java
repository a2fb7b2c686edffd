package dev.holdfast.store.simulation;

import dev.holdfast.common.domain.ReceiptKey;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.commit.AppliedView;
import dev.holdfast.store.decide.state.Leases;
import dev.holdfast.store.decide.state.Receipt;
import dev.holdfast.store.decide.state.TransferState;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Applied state that may have moved on at each look, as it does below a thread that decides. */
record InterleavedView(Supplier<AppliedView> state, Runnable meanwhile) implements AppliedView {
  private AppliedView look() {
    meanwhile.run();
    return state.get();
  }

  @Override
  public LogEnd logEnd() {
    return look().logEnd();
  }

  @Override
  public Past past(long sequence) {
    return look().past(sequence);
  }

  @Override
  public @Nullable StockLevel stock(StockKey item) {
    return look().stock(item);
  }

  @Override
  public @Nullable Reservation reservation(ReservationKey key) {
    return look().reservation(key);
  }

  @Override
  public @Nullable Receipt receipt(ReceiptKey key) {
    return look().receipt(key);
  }

  @Override
  public Leases leases() {
    return look().leases();
  }

  @Override
  public Set<String> frozenStores() {
    return look().frozenStores();
  }

  @Override
  public TransferState transfers() {
    return look().transfers();
  }

  @Override
  public StateDigest digest() {
    return look().digest();
  }
}
