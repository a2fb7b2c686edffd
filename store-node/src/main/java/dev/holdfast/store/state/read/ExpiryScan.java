package dev.holdfast.store.state.read;

import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.store.state.db.Cursor;
import dev.holdfast.store.state.db.Family;
import dev.holdfast.store.state.db.StateKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is due from the index of expiries, by time. */
public final class ExpiryScan {
  private final StateReads state;

  public ExpiryScan(StateReads state) {
    this.state = state;
  }

  /** A reservation and when it expires, or has. */
  public record Due(long millis, ReservationKey reservation) {}

  /**
   * A place in the index.
   *
   * @param behind what was seen of that time already, null for nothing
   */
  public record Place(long millis, @Nullable ReservationKey behind) {
    public static final Place START = new Place(0, null);

    public static Place behind(Due due) {
      return new Place(due.millis(), due.reservation());
    }

    /** Behind all that is due up to a time. */
    public static Place after(long millis) {
      return new Place(millis + 1, null);
    }
  }

  /**
   * What is due up to a time. Nothing outside these bounds is touched: RocksDB would go over the
   * traces of what is long gone, and of what was closed before it was due.
   */
  public List<Due> due(Place from, long untilMillis, int max) {
    byte[] start =
        from.behind() == null
            ? StateKeys.ofExpiry(from.millis())
            : StateKeys.ofExpiry(from.millis(), from.behind());
    byte[] end = StateKeys.ofExpiry(untilMillis + 1);
    return state.read(
        db -> {
          try (var rows = db.table(Family.EXPIRIES).scanBefore(end, db.latest())) {
            return due(rows, start, max);
          }
        });
  }

  private static List<Due> due(Cursor<StateKeys.Expiry, byte[]> rows, byte[] start, int max) {
    List<Due> due = new ArrayList<>();
    for (rows.seekBehind(start); due.size() < max && rows.isValid(); rows.next()) {
      byte[] key = rows.keyBytes();
      if (StateKeys.isExpiryOfReservation(key)) {
        due.add(new Due(StateKeys.expiryMillis(key), StateKeys.expiring(key)));
      }
    }
    return due;
  }
}
