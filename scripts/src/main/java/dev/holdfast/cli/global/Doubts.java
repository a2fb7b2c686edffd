package dev.holdfast.cli.global;

import dev.holdfast.proto.inventory.v1.GlobalStock;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Says, once each, why printed numbers may be wrong. A number without its doubt would be a lie. */
final class Doubts {
  private final PrintWriter err;
  private final Set<Integer> told = new TreeSet<>();
  private long parked;

  Doubts(PrintWriter err) {
    this.err = err;
  }

  void add(List<ViewPosition> asOf) {
    for (ViewPosition position : asOf) {
      if (!position.getUntrusted().isEmpty() && told.add(position.getPartition())) {
        err.printf(
            "partition %d is not to be trusted now: %s; see: holdfast sync status%n",
            position.getPartition(), position.getUntrusted());
      }
    }
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
