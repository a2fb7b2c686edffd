package dev.holdfast.cli.global;

import dev.holdfast.cli.UsageException;
import dev.holdfast.proto.inventory.v1.Position;

/** A position as it is typed: {@code 0:17} is sequence 17 of partition 0. */
final class Positions {
  private Positions() {}

  static Position parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length == 2) {
        return Position.newBuilder()
            .setPartition(Integer.parseUnsignedInt(parts[0]))
            .setSequence(Long.parseUnsignedLong(parts[1]))
            .build();
      }
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static UsageException wrong(String text) {
    return new UsageException("--wait-for: '" + text + "' is not PARTITION:SEQUENCE, such as 0:17");
  }
}
