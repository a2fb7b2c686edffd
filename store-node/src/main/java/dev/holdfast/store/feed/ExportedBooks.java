package dev.holdfast.store.feed;

import dev.holdfast.common.codec.TransferCodec;
import dev.holdfast.proto.feed.v1.GetExportReservationsResponse;
import dev.holdfast.proto.feed.v1.GetExportTransfersResponse;
import dev.holdfast.proto.feed.v1.InboundBook;
import dev.holdfast.proto.feed.v1.OutboundBook;
import dev.holdfast.store.state.export.PinnedState;
import dev.holdfast.store.state.export.ReservationBooks;
import dev.holdfast.store.state.export.TransferBooks;

/** The books of reservations and of transfers of an export. */
final class ExportedBooks {
  private ExportedBooks() {}

  static GetExportReservationsResponse reservations(PinnedState records) {
    ReservationBooks books = ReservationBooks.of(records);
    return GetExportReservationsResponse.newBuilder()
        .setOpen(books.open())
        .setHeld(books.held())
        .setHeldEqual(books.heldEqual())
        .setIndexEqual(books.indexEqual())
        .build();
  }

  static GetExportTransfersResponse transfers(PinnedState records) {
    TransferBooks books = TransferBooks.of(records);
    GetExportTransfersResponse.Builder response =
        GetExportTransfersResponse.newBuilder().setInTransit(books.inTransit());
    books
        .outbound()
        .forEach(
            (partition, book) ->
                response.addOutbound(
                    OutboundBook.newBuilder()
                        .setDestinationPartition(partition)
                        .setChannel(TransferCodec.toProto(book.channel()))
                        .addAllPendingUnits(book.pendingUnits())));
    books
        .inbound()
        .forEach(
            (partition, channel) ->
                response.addInbound(
                    InboundBook.newBuilder()
                        .setSourcePartition(partition)
                        .setChannel(TransferCodec.toProto(channel))));
    return response.build();
  }
}
