package dev.holdfast.cli;

import dev.holdfast.cli.output.Column;
import dev.holdfast.proto.inventory.v1.Position;
import java.util.List;
import java.util.stream.Collectors;

/** Positions as typed and printed: {@code 0:17} is sequence 17 of partition 0. */
public final class PositionText {
  public static final List<Column<Position>> COLUMNS =
      List.of(
          new Column<>("partition", Position::getPartition),
          new Column<>("sequence", Position::getSequence));

  private PositionText() {}

  /** Throws a UsageException that names the option. */
  public static List<Position> parse(String option, List<String> texts) {
    return texts.stream().map(text -> parse(option, text)).toList();
  }

  private static Position parse(String option, String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length == 2) {
        return Position.newBuilder()
            .setPartition(Integer.parseUnsignedInt(parts[0]))
            .setSequence(Long.parseUnsignedLong(parts[1]))
            .build();
      }
    } catch (NumberFormatException e) {
      throw wrong(option, text);
    }
    throw wrong(option, text);
  }

  private static UsageException wrong(String option, String text) {
    return new UsageException(option + ": '" + text + "' is not PARTITION:SEQUENCE, such as 0:17");
  }

  /** The positions as typed, separated by commas. */
  public static String text(List<Position> positions) {
    return positions.stream().map(PositionText::text).collect(Collectors.joining(","));
  }

  public static String text(Position position) {
    return position.getPartition() + ":" + position.getSequence();
  }
}
