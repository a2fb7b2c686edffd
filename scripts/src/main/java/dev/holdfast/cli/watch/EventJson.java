package dev.holdfast.cli.watch;

import dev.holdfast.cli.ContractWords;
import dev.holdfast.cli.output.Moments;
import dev.holdfast.proto.feed.v1.WatchedChange;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An event for programs. Scripts rely on these names. */
final class EventJson {
  private static final JsonFactory JSON = new JsonFactory();

  private EventJson() {}

  static String line(WatchedEvent event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("partition", event.getPosition().getPartition());
      json.writeNumberProperty("sequence", event.getPosition().getSequence());
      json.writeStringProperty("time", Moments.text(event.getTimeMillis()));
      json.writeStringProperty("type", ContractWords.word(event.getKind()));
      json.writeStringProperty("store", event.getStore());
      json.writeStringProperty("sku", event.getSku());
      json.writeStringProperty("reservation_id", event.getReservationId());
      json.writeStringProperty("reason", event.getReason());
      json.writeStringProperty("reference", event.getReference());
      json.writeStringProperty("principal", event.getPrincipal());
      json.writeStringProperty("request_id", event.getRequestId());
      json.writeArrayPropertyStart("changes");
      event.getChangesList().forEach(change -> write(json, change));
      json.writeEndArray();
      json.writeNumberProperty("shortfall", event.getShortfall());
      if (event.hasStoreTerms()) {
        json.writeBooleanProperty("store_frozen_before", event.getStoreTerms().getFrozenBefore());
        json.writeBooleanProperty("store_frozen", event.getStoreTerms().getFrozen());
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, WatchedChange change) {
    json.writeStartObject();
    json.writeStringProperty("sku", change.getAfter().getSku());
    json.writeNumberProperty("on_hand_delta", change.getOnHandDelta());
    json.writeNumberProperty("reserved_delta", change.getReservedDelta());
    json.writeNumberProperty("on_hand", change.getAfter().getOnHand());
    json.writeNumberProperty("reserved", change.getAfter().getReserved());
    json.writeNumberProperty("available", change.getAfter().getAvailable());
    json.writeNumberProperty("version", change.getAfter().getVersion());
    json.writeBooleanProperty("deleted", change.getDeleted());
    json.writeNumberProperty("safety_stock_before", change.getSafetyStockBefore());
    json.writeNumberProperty("safety_stock", change.getAfter().getSafetyStock());
    json.writeBooleanProperty("frozen_before", change.getFrozenBefore());
    json.writeBooleanProperty("frozen", change.getAfter().getFrozen());
    json.writeEndObject();
  }
}
