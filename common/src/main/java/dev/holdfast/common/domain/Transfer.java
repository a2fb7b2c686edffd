package dev.holdfast.common.domain;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A transfer between two stores, as the partition of the source keeps it.
 *
 * @param destinationPartition the partition of the destination
 * @param version 1 when it was shipped, +1 with every change
 * @param closedAt sequence of the event that left nothing in transit, 0 while it is open
 */
public record Transfer(
    String destination,
    int destinationPartition,
    List<TransferLine> lines,
    Opening opening,
    long version,
    long closedAt) {
  private static final long OPEN = 0;

  public Transfer {
    lines = List.copyOf(lines);
  }

  /** When it was shipped, by whom, and why. */
  public record Opening(long millis, String principal, String reference) {}

  /** A transfer that was just shipped. */
  public static Transfer shipped(
      String destination, int destinationPartition, List<TransferLine> lines, Opening opening) {
    return new Transfer(destination, destinationPartition, lines, opening, 1, OPEN);
  }

  public boolean isOpen() {
    return closedAt == OPEN;
  }

  /** Units that are neither here nor there. */
  public long inTransit() {
    return lines.stream().mapToLong(TransferLine::inTransit).sum();
  }

  /** The transfer after a change of its lines by the event at a sequence. */
  public Transfer changed(UnaryOperator<TransferLine> change, long sequence) {
    List<TransferLine> after = lines.stream().map(change).toList();
    boolean open = after.stream().anyMatch(line -> line.inTransit() > 0);
    return new Transfer(
        destination, destinationPartition, after, opening, version + 1, open ? OPEN : sequence);
  }
}
