package dev.holdfast.store.api.terms;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import dev.holdfast.store.api.call.MappingContext;

/** Requests about terms to commands. */
final class TermsMapper {
  private final MappingContext context;
  private final FieldRules rules;

  TermsMapper(MappingContext context) {
    this.context = context;
    this.rules = context.rules();
  }

  Command.Mutation map(SetSafetyStockRequest request) {
    StockKey item = context.item(request.getStore(), request.getSku());
    rules.openingQuantity("quantity", request.getQuantity());
    long version = context.version(request.hasExpectedVersion(), request.getExpectedVersion());
    return new TermsCommand.SetSafetyStock(item, request.getQuantity(), version);
  }

  Command.Mutation map(SetItemFrozenRequest request) {
    StockKey item = context.item(request.getStore(), request.getSku());
    frozen(request.hasFrozen());
    long version = context.version(request.hasExpectedVersion(), request.getExpectedVersion());
    return new TermsCommand.SetItemFrozen(item, request.getFrozen(), version);
  }

  Command.Mutation map(DeleteItemRequest request) {
    StockKey item = context.item(request.getStore(), request.getSku());
    long version = context.version(request.hasExpectedVersion(), request.getExpectedVersion());
    return new TermsCommand.DeleteItem(item, version);
  }

  Command.Mutation map(SetStoreFrozenRequest request) {
    rules.id("store", request.getStore());
    frozen(request.hasFrozen());
    return new TermsCommand.SetStoreFrozen(request.getStore(), request.getFrozen());
  }

  /** A flag that was left out by mistake must not end a freeze. */
  private void frozen(boolean given) {
    if (!given) {
      rules.violate("frozen", "must be set");
    }
  }
}
