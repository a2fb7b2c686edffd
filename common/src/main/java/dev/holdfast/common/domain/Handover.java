package dev.holdfast.common.domain;

import java.util.List;

/** Units that a transfer hands over to its destination: what the other partition has to credit. */
public record Handover(TransferKey transfer, String destination, List<MovedLine> lines) {
  public Handover {
    lines = List.copyOf(lines);
  }

  public long units() {
    return lines.stream().mapToLong(MovedLine::quantity).sum();
  }
}
