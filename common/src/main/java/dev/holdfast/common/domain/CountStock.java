package dev.holdfast.common.domain;

import org.jspecify.annotations.Nullable;

/**
 * Set the quantity on hand to what was counted, and what moved since on top.
 *
 * @param expectedVersion then nothing moved since
 * @param countedMillis when it was counted, or {@link #NOW}
 * @param book what was on hand then, as the log has it; null when nothing moved since
 */
public record CountStock(
    StockKey item, long counted, long expectedVersion, long countedMillis, @Nullable BookLevel book)
    implements Command.Mutation {
  /** It is being counted as the command is decided. */
  public static final long NOW = 0;

  /** The same with what was found in the log. */
  public CountStock with(@Nullable BookLevel found) {
    return new CountStock(item, counted, expectedVersion, countedMillis, found);
  }

  @Override
  public String store() {
    return item.store();
  }

  @Override
  public CommandKind kind() {
    return CommandKind.COUNT_STOCK;
  }

  @Override
  public int lineCount() {
    return 1;
  }
}
