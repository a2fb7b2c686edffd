package dev.holdfast.common.domain;

/** A command about the terms of an item or of a whole store. */
public sealed interface TermsCommand extends Command.Mutation {

  /** Keep units from reservations. */
  record SetSafetyStock(StockKey item, long quantity, long expectedVersion)
      implements TermsCommand, Command.OfItem {}

  /** Freeze an item, or end that. */
  record SetItemFrozen(StockKey item, boolean frozen, long expectedVersion)
      implements TermsCommand, Command.OfItem {}

  /** Delete an item with nothing on hand. */
  record DeleteItem(StockKey item, long expectedVersion) implements TermsCommand, Command.OfItem {}

  /** Freeze all items of a store, or end that. */
  record SetStoreFrozen(String store, boolean frozen) implements TermsCommand {}
}
