package dev.holdfast.cli.drill.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything that a model knows, to be compared. */
public final class State {
  private final List<Map<?, ?>> tables = new ArrayList<>();

  State() {}

  void add(Map<?, ?> table) {
    tables.add(table);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof State state && state.tables.equals(tables);
  }

  @Override
  public int hashCode() {
    return tables.hashCode();
  }

  @Override
  public String toString() {
    return tables.toString();
  }
}
