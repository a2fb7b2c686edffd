package dev.holdfast.aggregator.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Proof, by the books of all partitions, that transfers neither lost nor doubled a unit.
 *
 * @param netShipped over all stores
 * @param inTransit units of open transfers that no destination has
 * @param differences what does not agree
 */
public record TransfersProof(long netShipped, long inTransit, List<String> differences) {
  public boolean isEqual() {
    return differences.isEmpty() && netShipped == inTransit;
  }

  /**
   * The partitions whose books have to be read again, since they stand too early to be compared: a
   * hand-over was taken that the source had not given yet, or was settled that the destination had
   * not taken yet. In any partition's order of things there is no such moment.
   */
  public static Set<Integer> tooEarly(List<PartitionBooks> books) {
    Set<Integer> early = new TreeSet<>();
    for (PartitionBooks source : books) {
      for (PartitionBooks destination : books) {
        var given = source.to(destination.partition()).channel();
        long taken = destination.from(source.partition()).last();
        if (taken > given.last()) {
          early.add(source.partition());
        } else if (taken < given.settled()) {
          early.add(destination.partition());
        }
      }
    }
    return early;
  }

  /** Of books of which none is too early. */
  public static TransfersProof of(List<PartitionBooks> books) {
    List<String> differences = new ArrayList<>();
    long netShipped = 0;
    long inTransit = 0;
    for (PartitionBooks each : books) {
      netShipped += each.netShipped();
      inTransit += each.inTransit() + each.receivedUnits() - each.creditedUnits();
      checkBalance(each, differences);
      for (PartitionBooks other : books) {
        checkChannel(each, other, differences);
      }
    }
    return new TransfersProof(netShipped, inTransit, List.copyOf(differences));
  }

  private static void checkBalance(PartitionBooks books, List<String> differences) {
    long expected = books.inTransit() + books.receivedUnits() - books.creditedUnits();
    if (books.netShipped() != expected) {
      differences.add(
          "partition %d: its stores net shipped %d, its transfers say %d"
              .formatted(books.partition(), books.netShipped(), expected));
    }
  }

  private static void checkChannel(
      PartitionBooks source, PartitionBooks destination, List<String> differences) {
    var taken = destination.from(source.partition());
    long given = source.to(destination.partition()).creditedThrough(taken.last(), taken.refused());
    if (given != taken.creditedUnits()) {
      differences.add(
          "partition %d credited %d units through hand-over %d of partition %d, which gave %d"
              .formatted(
                  destination.partition(),
                  taken.creditedUnits(),
                  taken.last(),
                  source.partition(),
                  given));
    }
  }
}
