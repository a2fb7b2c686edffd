package dev.holdfast.cli.imports;

import dev.holdfast.proto.inventory.v1.Position;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers outcomes by line; a line with two is a mistake. */
final class RecordedOutcomes implements Outcomes {
  final Map<Long, String> byLine = new ConcurrentHashMap<>();

  @Override
  public void accepted(FileMovement movement, @Nullable Position position) {
    put(movement.line(), "accepted");
  }

  @Override
  public void refused(FileMovement movement, String reason, String message) {
    put(movement.line(), "refused " + reason);
  }

  @Override
  public void malformed(long line, String message) {
    put(line, "malformed");
  }

  @Override
  public void undecided(FileMovement movement, String reason, String message) {
    put(movement.line(), "undecided " + reason);
  }

  private void put(long line, String outcome) {
    String before = byLine.put(line, outcome);
    if (before != null) {
      throw new AssertionError("line " + line + " has two outcomes: " + before + ", " + outcome);
    }
  }
}
