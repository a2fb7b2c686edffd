package dev.holdfast.store.api;

import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.TermsCommand;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.DeleteItemRequest;
import dev.holdfast.proto.inventory.v1.SetItemFrozenRequest;
import dev.holdfast.proto.inventory.v1.SetSafetyStockRequest;
import dev.holdfast.proto.inventory.v1.SetStoreFrozenRequest;
import java.util.List;

/** Requests about terms to commands. */
final class TermsMapper {
  private final RequestMapper mapper;
  private final FieldRules rules;

  TermsMapper(RequestMapper mapper) {
    this.mapper = mapper;
    this.rules = mapper.rules();
  }

  CommandRequest map(SetSafetyStockRequest request) {
    StockKey item = mapper.item(request.getStore(), request.getSku());
    rules.openingQuantity("quantity", request.getQuantity());
    long version = mapper.version(request.hasExpectedVersion(), request.getExpectedVersion());
    return mapper.request(
        new TermsCommand.SetSafetyStock(item, request.getQuantity(), version),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(SetItemFrozenRequest request) {
    StockKey item = mapper.item(request.getStore(), request.getSku());
    frozen(request.hasFrozen());
    long version = mapper.version(request.hasExpectedVersion(), request.getExpectedVersion());
    return mapper.request(
        new TermsCommand.SetItemFrozen(item, request.getFrozen(), version),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(DeleteItemRequest request) {
    StockKey item = mapper.item(request.getStore(), request.getSku());
    long version = mapper.version(request.hasExpectedVersion(), request.getExpectedVersion());
    return mapper.request(
        new TermsCommand.DeleteItem(item, version),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  CommandRequest map(SetStoreFrozenRequest request) {
    rules.id("store", request.getStore());
    frozen(request.hasFrozen());
    return mapper.request(
        new TermsCommand.SetStoreFrozen(request.getStore(), request.getFrozen()),
        request.getIdempotencyKey(),
        request.getReference(),
        List.of(),
        () -> request.toBuilder().clearIdempotencyKey().build());
  }

  /** One that was left out by mistake must not end a freeze. */
  private void frozen(boolean given) {
    if (!given) {
      rules.violate("frozen", "must be set");
    }
  }
}
