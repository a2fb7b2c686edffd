package dev.holdfast.store.api.inventory;

import com.google.common.collect.Maps;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.holdfast.common.domain.Event;
import dev.holdfast.store.api.call.MutationKind;
import dev.holdfast.store.api.reservation.ReservationKinds;
import dev.holdfast.store.api.stock.StockKinds;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The mutations that batches may hold, by request and by event. Orders hold some of them. */
final class InventoryKinds {
  private static final List<MutationKind<?, ?, ?>> ALL =
      Stream.of(StockKinds.ALL, ReservationKinds.ALL).flatMap(List::stream).toList();
  private static final Map<Descriptor, MutationKind<?, ?, ?>> BY_REQUEST =
      Maps.uniqueIndex(ALL, kind -> kind.request().descriptor());
  private static final Map<Class<?>, MutationKind<?, ?, ?>> BY_EVENT =
      Maps.uniqueIndex(ALL, MutationKind::event);

  private InventoryKinds() {}

  static MutationKind<?, ?, ?> of(Message request) {
    return known(BY_REQUEST.get(request.getDescriptorForType()), request.getClass());
  }

  static MutationKind<?, ?, ?> of(Event event) {
    return known(BY_EVENT.get(event.getClass()), event.getClass());
  }

  private static MutationKind<?, ?, ?> known(@Nullable MutationKind<?, ?, ?> kind, Class<?> type) {
    if (kind == null) {
      throw new IllegalStateException("no command of a batch: " + type.getSimpleName());
    }
    return kind;
  }
}
