package dev.holdfast.cli.verify;

import dev.holdfast.cli.output.Column;
import java.util.List;

/** One comparison: what was compared, how many of it, how many differ. */
record Check(String name, long compared, long different) {
  static final List<Column<Check>> COLUMNS =
      List.of(
          new Column<>("check", Check::name),
          new Column<>("compared", Check::compared),
          new Column<>("different", Check::different));
}
