package dev.holdfast.cli.reservation;

import dev.holdfast.cli.Session;
import dev.holdfast.proto.inventory.v1.Shortfall;
import java.util.List;

/** Lists on standard error the lines that were granted fewer units than requested. */
final class Shortfalls {
  private Shortfalls() {}

  static void tell(List<Shortfall> shortfalls, Session session) {
    for (Shortfall line : shortfalls) {
      session.err().printf("%s: %d of %d%n", line.getSku(), line.getGranted(), line.getRequested());
    }
  }
}
