package dev.holdfast.store.api;

import dev.holdfast.common.domain.Command;
import dev.holdfast.common.domain.CommandRequest;
import dev.holdfast.common.domain.SubmitOrder;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders to commands: each operation as a request of its own would be, but for what is the order's.
 */
final class OrderMapper {
  private static final String IS_THE_ORDERS = "must not be set: the order's counts";

  private final RequestMapper mapper;
  private final FieldRules rules;

  OrderMapper(RequestMapper mapper) {
    this.mapper = mapper;
    this.rules = mapper.rules();
  }

  CommandRequest map(SubmitOrderRequest request) {
    rules.id("store", request.getStore());
    rules.count("operations", request.getOperationsCount(), FieldRules.OPERATIONS_MAX);
    return mapper.request(
        new SubmitOrder(request.getStore(), operations(request)),
        request.getIdempotencyKey(),
        request.getReference(),
        request.getFencingTokensList(),
        () -> request.toBuilder().clearIdempotencyKey().clearFencingTokens().build());
  }

  private List<Command.Mutation> operations(SubmitOrderRequest request) {
    List<Command.Mutation> operations = new ArrayList<>();
    if (request.getOperationsCount() > FieldRules.OPERATIONS_MAX) {
      return operations;
    }
    for (int i = 0; i < request.getOperationsCount(); i++) {
      rules.enter("operations", i);
      CommandRequest operation = map(request.getOperations(i), request.getStore());
      rules.leave();
      if (operation != null) {
        operations.add((Command.Mutation) operation.command());
      }
    }
    return operations;
  }

  /** Null, with a violation, when it is empty. */
  private @Nullable CommandRequest map(OrderOperation operation, String store) {
    return switch (operation.getOperationCase()) {
      case ADJUST_STOCK -> {
        var adjust = operation.getAdjustStock();
        check(adjust.getStore(), adjust.getIdempotencyKey(), adjust.getReference());
        checkTokens(adjust.getFencingTokensCount());
        yield mapper.map(adjust.toBuilder().setStore(store).build());
      }
      case RESERVE -> {
        var reserve = operation.getReserve();
        check(reserve.getStore(), reserve.getIdempotencyKey(), reserve.getReference());
        checkTokens(reserve.getFencingTokensCount());
        yield mapper.map(reserve.toBuilder().setStore(store).build());
      }
      case CONFIRM_RESERVATION -> {
        var confirm = operation.getConfirmReservation();
        check(confirm.getStore(), confirm.getIdempotencyKey(), confirm.getReference());
        checkTokens(confirm.getFencingTokensCount());
        yield mapper.map(confirm.toBuilder().setStore(store).build());
      }
      case RELEASE_RESERVATION -> {
        var release = operation.getReleaseReservation();
        check(release.getStore(), release.getIdempotencyKey(), release.getReference());
        checkTokens(release.getFencingTokensCount());
        yield mapper.map(release.toBuilder().setStore(store).build());
      }
      case OPERATION_NOT_SET -> {
        rules.violate("operation", "must be set");
        yield null;
      }
    };
  }

  private void check(String store, String key, String reference) {
    if (!store.isEmpty()) {
      rules.violate("store", IS_THE_ORDERS);
    }
    if (!key.isEmpty()) {
      rules.violate("idempotency_key", IS_THE_ORDERS);
    }
    if (!reference.isEmpty()) {
      rules.violate("reference", IS_THE_ORDERS);
    }
  }

  private void checkTokens(int tokens) {
    if (tokens > 0) {
      rules.violate("fencing_tokens", IS_THE_ORDERS);
    }
  }
}
