package dev.holdfast.cli.imports.file;

import java.util.List;

/**
 * One record.
 *
 * @param line the line in which the record begins, from 1
 */
public record Row(long line, List<String> cells) {
  public Row {
    cells = List.copyOf(cells);
  }

  /** Whether all cells are empty, as in the rows that spreadsheets leave at the end. */
  boolean isBlank() {
    return cells.stream().allMatch(String::isBlank);
  }
}
