package dev.holdfast.cli.global;

import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prints, once each, the reasons why printed numbers may be wrong. Without them the numbers would
 * mislead.
 */
public final class Doubts {
  /** A view that follows the stores is about a second old. */
  private static final long AGE_MILLIS_MAX = 5_000;

  private final PrintWriter err;
  private final Set<Integer> told = new TreeSet<>();
  private final Set<Integer> old = new TreeSet<>();
  private long parked;

  public Doubts(PrintWriter err) {
    this.err = err;
  }

  public void add(List<ViewPosition> asOf) {
    for (ViewPosition position : asOf) {
      addAge(position);
      if (!position.getUntrusted().isEmpty() && told.add(position.getPartition())) {
        err.printf(
            "partition %d is not to be trusted now: %s; see: holdfast sync status%n",
            position.getPartition(), position.getUntrusted());
      }
    }
  }

  private void addAge(ViewPosition position) {
    long millis = position.getAgeMillis();
    if ((millis < 0 || millis > AGE_MILLIS_MAX) && old.add(position.getPartition())) {
      String age = millis < 0 ? "is not known" : "is " + text(Duration.ofMillis(millis));
      err.printf(
          "the age of partition %d %s: newer events may be missing; see: holdfast sync status%n",
          position.getPartition(), age);
    }
  }

  private static String text(Duration age) {
    if (age.toDays() > 0) {
      return "%d d %d h".formatted(age.toDays(), age.toHoursPart());
    }
    return age.toHours() > 0
        ? "%d h %d min".formatted(age.toHours(), age.toMinutesPart())
        : "%d min %d s".formatted(age.toMinutes(), age.toSecondsPart());
  }

  void add(GlobalStock stock) {
    if (stock.getParkedChanges() > 0) {
      parked++;
    }
  }

  void tellParked() {
    if (parked > 0) {
      err.println(parked + " SKUs lack parked changes; see: holdfast dlq list");
    }
  }
}
