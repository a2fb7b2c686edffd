package dev.holdfast.aggregator.export;

import dev.holdfast.aggregator.invariant.TransferBooks;
import dev.holdfast.common.codec.TransferCodec;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.proto.feed.v1.GetExportTransfersResponse;
import dev.holdfast.proto.feed.v1.InboundBook;
import dev.holdfast.proto.feed.v1.OutboundBook;
import java.util.Map;
import java.util.TreeMap;

/** The books of a partition's transfers, as a store node sends them. */
final class ReadBooks {
  private ReadBooks() {}

  static TransferBooks of(int partition, long netShipped, GetExportTransfersResponse found) {
    Map<Integer, TransferBooks.Outbound> outbound = new TreeMap<>();
    for (OutboundBook book : found.getOutboundList()) {
      outbound.put(book.getDestinationPartition(), outbound(book));
    }
    Map<Integer, InboundChannel> inbound = new TreeMap<>();
    for (InboundBook book : found.getInboundList()) {
      inbound.put(book.getSourcePartition(), TransferCodec.fromProto(book.getChannel()));
    }
    return new TransferBooks(partition, netShipped, found.getInTransit(), outbound, inbound);
  }

  private static TransferBooks.Outbound outbound(OutboundBook book) {
    OutboundChannel channel = TransferCodec.fromProto(book.getChannel());
    if (channel.last() - channel.settled() != book.getPendingUnitsCount()) {
      throw new IllegalArgumentException("hand-overs are missing");
    }
    return new TransferBooks.Outbound(channel, book.getPendingUnitsList());
  }
}
