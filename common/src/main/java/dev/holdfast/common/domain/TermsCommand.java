package dev.holdfast.common.domain;

/** A command about the terms of an item or of a whole store. */
public sealed interface TermsCommand extends Command.Mutation {

  @Override
  default int lineCount() {
    return 1;
  }

  /** Keep units from reservations. */
  record SetSafetyStock(StockKey item, long quantity, long expectedVersion)
      implements TermsCommand {
    @Override
    public String store() {
      return item.store();
    }

    @Override
    public CommandKind kind() {
      return CommandKind.SET_SAFETY_STOCK;
    }
  }

  /** Freeze an item, or end that. */
  record SetItemFrozen(StockKey item, boolean frozen, long expectedVersion)
      implements TermsCommand {
    @Override
    public String store() {
      return item.store();
    }

    @Override
    public CommandKind kind() {
      return CommandKind.SET_ITEM_FROZEN;
    }
  }

  /** Delete an item with nothing on hand. */
  record DeleteItem(StockKey item, long expectedVersion) implements TermsCommand {
    @Override
    public String store() {
      return item.store();
    }

    @Override
    public CommandKind kind() {
      return CommandKind.DELETE_ITEM;
    }
  }

  /** Freeze all items of a store, or end that. */
  record SetStoreFrozen(String store, boolean frozen) implements TermsCommand {
    @Override
    public CommandKind kind() {
      return CommandKind.SET_STORE_FROZEN;
    }
  }
}
