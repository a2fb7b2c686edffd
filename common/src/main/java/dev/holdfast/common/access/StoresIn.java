package dev.holdfast.common.access;

import dev.holdfast.common.access.MethodRule.StoresOf;
import dev.holdfast.proto.inventory.v1.Command;
import dev.holdfast.proto.inventory.v1.OrderOperation;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The places of stores in requests. */
final class StoresIn {
  private StoresIn() {}

  static <Q> StoresOf<Q> field(Function<Q, String> store) {
    return (request, allowed) -> outside(store.apply(request), allowed);
  }

  static <Q> StoresOf<Q> fields(Function<Q, String> one, Function<Q, String> other) {
    return (request, allowed) -> {
      String outside = outside(one.apply(request), allowed);
      return outside == null ? outside(other.apply(request), allowed) : outside;
    };
  }

  private static @Nullable String outside(String store, Predicate<String> allowed) {
    return allowed.test(store) ? null : store;
  }

  /** All elements must be allowed. */
  static <Q, E> StoresOf<Q> each(Function<Q, List<E>> elements, Function<E, String> store) {
    return (request, allowed) -> firstOutside(elements.apply(request), store, allowed);
  }

  /** One element that is allowed is enough: the answer leaves out the others. */
  static <Q, E> StoresOf<Q> any(Function<Q, List<E>> elements, Function<E, String> store) {
    return (request, allowed) -> {
      List<E> all = elements.apply(request);
      return all.isEmpty() || all.stream().anyMatch(each -> allowed.test(store.apply(each)))
          ? null
          : store.apply(all.get(0));
    };
  }

  /** Neighbours are often of one store, which is then looked up once. */
  private static <E> @Nullable String firstOutside(
      List<E> elements, Function<E, String> store, Predicate<String> allowed) {
    String last = "";
    for (int i = 0; i < elements.size(); i++) {
      String each = store.apply(elements.get(i));
      if (!each.equals(last)) {
        if (!allowed.test(each)) {
          return each;
        }
        last = each;
      }
    }
    return null;
  }

  /** The store of an order, and those of its operations, which must not name any. */
  static @Nullable String firstOutside(SubmitOrderRequest order, Predicate<String> allowed) {
    String outside = outside(order.getStore(), allowed);
    return outside == null
        ? firstOutside(order.getOperationsList(), StoresIn::of, allowed)
        : outside;
  }

  static String of(Command command) {
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

  private static String of(OrderOperation operation) {
    return switch (operation.getOperationCase()) {
      case ADJUST_STOCK -> operation.getAdjustStock().getStore();
      case RESERVE -> operation.getReserve().getStore();
      case CONFIRM_RESERVATION -> operation.getConfirmReservation().getStore();
      case RELEASE_RESERVATION -> operation.getReleaseReservation().getStore();
      case OPERATION_NOT_SET -> "";
    };
  }
}
