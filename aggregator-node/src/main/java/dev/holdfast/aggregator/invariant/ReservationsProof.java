package dev.holdfast.aggregator.invariant;

import java.util.ArrayList;
import java.util.List;

/**
 * Proof, on one store node at one sequence, that reserved units equal the units of open
 * reservations.
 *
 * @param open reservations
 * @param held units that they hold, of all items
 * @param reserved units, by the records that the view was compared with
 * @param differences what does not agree
 */
public record ReservationsProof(long open, long held, long reserved, List<String> differences) {
  /**
   * What a store node says of its reservations.
   *
   * @param heldEqual whether they hold of every item what its record says is reserved
   * @param indexEqual the same of the index of who holds what
   */
  public record Books(long open, long held, boolean heldEqual, boolean indexEqual) {}

  public boolean isEqual() {
    return differences.isEmpty();
  }

  /** Sums are compared here; item by item only the store node can. */
  public static ReservationsProof of(PartProof.At at, long reserved, Books books) {
    String where = "partition " + at.partition() + " on " + at.nodeId() + ": ";
    List<String> differences = new ArrayList<>();
    if (books.held() != reserved) {
      String sums = "%d units are reserved, open reservations hold %d";
      differences.add(where + sums.formatted(reserved, books.held()));
    } else if (!books.heldEqual()) {
      differences.add(where + "open reservations hold other items than are reserved");
    }
    if (!books.indexEqual()) {
      differences.add(where + "the index of who holds what is not what is reserved");
    }
    return new ReservationsProof(books.open(), books.held(), reserved, List.copyOf(differences));
  }
}
