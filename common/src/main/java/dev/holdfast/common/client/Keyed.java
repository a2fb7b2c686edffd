package dev.holdfast.common.client;

import dev.holdfast.proto.inventory.v1.AdjustStockRequest;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.ConfirmReservationRequest;
import dev.holdfast.proto.inventory.v1.CountStockRequest;
import dev.holdfast.proto.inventory.v1.CreateItemRequest;
import dev.holdfast.proto.inventory.v1.ExtendReservationRequest;
import dev.holdfast.proto.inventory.v1.ReleaseReservationRequest;
import dev.holdfast.proto.inventory.v1.ReplaceReservationRequest;
import dev.holdfast.proto.inventory.v1.ReserveRequest;
import java.util.List;

/** Gives mutations that have no idempotency key one, so that they can be retried. */
final class Keyed {
  private final IdempotencyKeys keys;

  Keyed(IdempotencyKeys keys) {
    this.keys = keys;
  }

  CreateItemRequest keyed(CreateItemRequest request) {
    return request.getIdempotencyKey().isEmpty()
        ? request.toBuilder().setIdempotencyKey(keys.next()).build()
        : request;
  }

  AdjustStockRequest keyed(AdjustStockRequest request) {
    return request.getIdempotencyKey().isEmpty()
        ? request.toBuilder().setIdempotencyKey(keys.next()).build()
        : request;
  }

  ReserveRequest keyed(ReserveRequest request) {
    return request.getIdempotencyKey().isEmpty()
        ? request.toBuilder().setIdempotencyKey(keys.next()).build()
        : request;
  }

  ConfirmReservationRequest keyed(ConfirmReservationRequest request) {
    return request.getIdempotencyKey().isEmpty()
        ? request.toBuilder().setIdempotencyKey(keys.next()).build()
        : request;
  }

  ReleaseReservationRequest keyed(ReleaseReservationRequest request) {
    return request.getIdempotencyKey().isEmpty()
        ? request.toBuilder().setIdempotencyKey(keys.next()).build()
        : request;
  }

  CountStockRequest keyed(CountStockRequest request) {
    return request.getIdempotencyKey().isEmpty()
        ? request.toBuilder().setIdempotencyKey(keys.next()).build()
        : request;
  }

  ExtendReservationRequest keyed(ExtendReservationRequest request) {
    return request.getIdempotencyKey().isEmpty()
        ? request.toBuilder().setIdempotencyKey(keys.next()).build()
        : request;
  }

  ReplaceReservationRequest keyed(ReplaceReservationRequest request) {
    return request.getIdempotencyKey().isEmpty()
        ? request.toBuilder().setIdempotencyKey(keys.next()).build()
        : request;
  }

  List<Command> keyed(List<Command> commands) {
    return commands.stream().map(this::keyed).toList();
  }

  /** A command without an operation is left alone: the server says what is wrong with it. */
  Command keyed(Command command) {
    if (!keyOf(command).isEmpty()) {
      return command;
    }
    Command.Builder builder = command.toBuilder();
    return switch (command.getOperationCase()) {
      case CREATE_ITEM -> builder.setCreateItem(keyed(command.getCreateItem())).build();
      case ADJUST_STOCK -> builder.setAdjustStock(keyed(command.getAdjustStock())).build();
      case RESERVE -> builder.setReserve(keyed(command.getReserve())).build();
      case CONFIRM_RESERVATION ->
          builder.setConfirmReservation(keyed(command.getConfirmReservation())).build();
      case RELEASE_RESERVATION ->
          builder.setReleaseReservation(keyed(command.getReleaseReservation())).build();
      case COUNT_STOCK -> builder.setCountStock(keyed(command.getCountStock())).build();
      case EXTEND_RESERVATION ->
          builder.setExtendReservation(keyed(command.getExtendReservation())).build();
      case REPLACE_RESERVATION ->
          builder.setReplaceReservation(keyed(command.getReplaceReservation())).build();
      case OPERATION_NOT_SET -> command;
    };
  }

  /** The idempotency key of a command; empty when it has none. */
  static String keyOf(Command command) {
    return switch (command.getOperationCase()) {
      case CREATE_ITEM -> command.getCreateItem().getIdempotencyKey();
      case ADJUST_STOCK -> command.getAdjustStock().getIdempotencyKey();
      case RESERVE -> command.getReserve().getIdempotencyKey();
      case CONFIRM_RESERVATION -> command.getConfirmReservation().getIdempotencyKey();
      case RELEASE_RESERVATION -> command.getReleaseReservation().getIdempotencyKey();
      case COUNT_STOCK -> command.getCountStock().getIdempotencyKey();
      case EXTEND_RESERVATION -> command.getExtendReservation().getIdempotencyKey();
      case REPLACE_RESERVATION -> command.getReplaceReservation().getIdempotencyKey();
      case OPERATION_NOT_SET -> "";
    };
  }

  /** The store that a command is about; empty when it has no operation. */
  static String storeOf(Command command) {
    return switch (command.getOperationCase()) {
      case CREATE_ITEM -> command.getCreateItem().getStore();
      case ADJUST_STOCK -> command.getAdjustStock().getStore();
      case RESERVE -> command.getReserve().getStore();
      case CONFIRM_RESERVATION -> command.getConfirmReservation().getStore();
      case RELEASE_RESERVATION -> command.getReleaseReservation().getStore();
      case COUNT_STOCK -> command.getCountStock().getStore();
      case EXTEND_RESERVATION -> command.getExtendReservation().getStore();
      case REPLACE_RESERVATION -> command.getReplaceReservation().getStore();
      case OPERATION_NOT_SET -> "";
    };
  }
}
