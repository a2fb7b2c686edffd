package dev.holdfast.common.domain;

import java.util.List;

/**
 * Do several operations on one store, all or none, each on top of the one before.
 *
 * @param operations adjustments, and what reservations go through
 */
public record SubmitOrder(String store, List<Command.Mutation> operations)
    implements Command.Mutation {
  public SubmitOrder {
    operations = List.copyOf(operations);
  }

  @Override
  public int lineCount() {
    return operations.stream().mapToInt(Command::lineCount).sum();
  }
}
