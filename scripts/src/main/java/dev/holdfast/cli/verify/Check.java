package dev.holdfast.cli.verify;

import dev.holdfast.cli.output.Column;
import java.util.List;

/** One comparison: its subject, its size, and the number of differences. */
record Check(String name, long compared, long different) {
  static final List<Column<Check>> COLUMNS =
      List.of(
          new Column<>("check", Check::name),
          new Column<>("compared", Check::compared),
          new Column<>("different", Check::different));
}
