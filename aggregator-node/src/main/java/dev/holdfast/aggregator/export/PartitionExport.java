package dev.holdfast.aggregator.export;

import com.google.common.hash.HashCode;
import com.google.common.util.concurrent.ListenableFuture;
import dev.holdfast.aggregator.invariant.PartitionBooks;
import dev.holdfast.aggregator.invariant.ReservationsProof;
import dev.holdfast.aggregator.invariant.UnprovenException;
import dev.holdfast.aggregator.source.Replica;
import dev.holdfast.aggregator.view.PartTrust;
import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.common.codec.KnownFields;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.codec.NeedsNewerBuildException;
import dev.holdfast.common.codec.StateDigestCodec;
import dev.holdfast.common.codec.TransferCodec;
import dev.holdfast.common.domain.InboundChannel;
import dev.holdfast.common.domain.OutboundChannel;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.feed.v1.CloseExportRequest;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc.ExportServiceFutureStub;
import dev.holdfast.proto.feed.v1.ExportedStock;
import dev.holdfast.proto.feed.v1.GetExportDigestsRequest;
import dev.holdfast.proto.feed.v1.GetExportDigestsResponse;
import dev.holdfast.proto.feed.v1.GetExportReservationsRequest;
import dev.holdfast.proto.feed.v1.GetExportReservationsResponse;
import dev.holdfast.proto.feed.v1.GetExportTransfersRequest;
import dev.holdfast.proto.feed.v1.GetExportTransfersResponse;
import dev.holdfast.proto.feed.v1.InboundBook;
import dev.holdfast.proto.feed.v1.OpenExportResponse;
import dev.holdfast.proto.feed.v1.OutboundBook;
import dev.holdfast.proto.feed.v1.ReadExportRequest;
import dev.holdfast.proto.feed.v1.ReadExportResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The records of a partition as they stand at one place in its log, pinned on a store node. Read in
 * one thread, which waits; a lost connection is taken up again where it was.
 */
public final class PartitionExport implements AutoCloseable {
  private static final int PAGE_RECORDS = 20_000;
  private static final Duration PAGE_WITHIN = Duration.ofSeconds(20);
  private static final Duration DIGESTS_WITHIN = Duration.ofSeconds(60);

  private static final KnownFields RECORD = KnownFields.of(ExportedStock.getDescriptor());

  private final Replica replica;
  private final OpenExportResponse opened;
  private final ExportRetries retries;

  PartitionExport(Replica replica, OpenExportResponse opened) {
    this.replica = replica;
    this.opened = opened;
    this.retries = new ExportRetries(replica, opened.getIdleMillisMax());
  }

  /** Where it stands, with the digest that the store node folded from the events. */
  public ViewCursor cursor() {
    return new ViewCursor(
        opened.getSequence(),
        HashCode.fromBytes(opened.getBatchHash().toByteArray()),
        opened.getTimeMillis(),
        StateDigestCodec.fromProto(opened.getDigest()),
        PartTrust.START);
  }

  public String nodeId() {
    return replica.nodeId();
  }

  /** Is given one page after the other. */
  @FunctionalInterface
  public interface PageReader {
    void read(Map<StockKey, StockLevel> page) throws UnprovenException;
  }

  /**
   * Reads records page by page; the next page is on its way while one is dealt with.
   *
   * @param buckets those wanted; none means all
   */
  public void read(Collection<Integer> buckets, PageReader to) throws UnprovenException {
    ReadExportRequest request = first(buckets);
    ListenableFuture<ReadExportResponse> coming = ask(request);
    boolean last = false;
    while (!last) {
      ReadExportRequest asked = request;
      ReadExportResponse page = retries.await(coming, () -> ask(asked));
      last = page.getLast();
      if (!last) {
        request = behind(request, page);
        coming = ask(request);
      }
      to.read(records(page));
    }
  }

  private ReadExportRequest first(Collection<Integer> buckets) {
    return ReadExportRequest.newBuilder()
        .setExportId(opened.getExportId())
        .setMaxRecords(PAGE_RECORDS)
        .addAllBuckets(buckets)
        .build();
  }

  private ReadExportRequest behind(ReadExportRequest request, ReadExportResponse page)
      throws UnprovenException {
    if (page.getRecordsCount() == 0) {
      throw new UnprovenException(nodeId() + " sends a page without records");
    }
    ExportedStock last = page.getRecords(page.getRecordsCount() - 1);
    return request.toBuilder().setAfterStore(last.getStore()).setAfterSku(last.getSku()).build();
  }

  private ListenableFuture<ReadExportResponse> ask(ReadExportRequest request) {
    return stub(PAGE_WITHIN).readExport(request);
  }

  /** A record of which a part is passed over would be loaded without that part. */
  private Map<StockKey, StockLevel> records(ReadExportResponse page) throws UnprovenException {
    Map<StockKey, StockLevel> records = new LinkedHashMap<>(page.getRecordsCount() * 2);
    try {
      for (ExportedStock stock : page.getRecordsList()) {
        RECORD.check(stock);
        records.put(
            new StockKey(stock.getStore(), stock.getSku()), LevelCodec.fromProto(stock.getLevel()));
      }
      return records;
    } catch (NeedsNewerBuildException e) {
      throw new UnprovenException("a record of " + nodeId() + " " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UnprovenException(nodeId() + " sends what cannot be: " + e.getMessage(), e);
    }
  }

  /** The stores of the partition that are frozen there. */
  public Set<String> frozenStores() {
    return Set.copyOf(opened.getFrozenStoresList());
  }

  /** Of all its records, by bucket. The store node reads them for this. */
  public List<StateDigest> digests() throws UnprovenException {
    var request = GetExportDigestsRequest.newBuilder().setExportId(opened.getExportId()).build();
    GetExportDigestsResponse found =
        retries.await(() -> stub(DIGESTS_WITHIN).getExportDigests(request));
    return found.getBucketsList().stream().map(StateDigestCodec::fromProto).toList();
  }

  public PartitionBooks transfers(int partition) throws UnprovenException {
    var request = GetExportTransfersRequest.newBuilder().setExportId(opened.getExportId()).build();
    GetExportTransfersResponse found =
        retries.await(() -> stub(DIGESTS_WITHIN).getExportTransfers(request));
    try {
      return books(partition, found);
    } catch (IllegalArgumentException e) {
      throw new UnprovenException(nodeId() + " sends what cannot be: " + e.getMessage(), e);
    }
  }

  private PartitionBooks books(int partition, GetExportTransfersResponse found) {
    Map<Integer, PartitionBooks.Outbound> outbound = new TreeMap<>();
    for (OutboundBook book : found.getOutboundList()) {
      outbound.put(book.getDestinationPartition(), outbound(book));
    }
    Map<Integer, InboundChannel> inbound = new TreeMap<>();
    for (InboundBook book : found.getInboundList()) {
      inbound.put(book.getSourcePartition(), TransferCodec.fromProto(book.getChannel()));
    }
    long netShipped = opened.getDigest().getNetShipped();
    return new PartitionBooks(partition, netShipped, found.getInTransit(), outbound, inbound);
  }

  private static PartitionBooks.Outbound outbound(OutboundBook book) {
    OutboundChannel channel = TransferCodec.fromProto(book.getChannel());
    if (channel.last() - channel.settled() != book.getPendingUnitsCount()) {
      throw new IllegalArgumentException("hand-overs are missing");
    }
    return new PartitionBooks.Outbound(channel, book.getPendingUnitsList());
  }

  /** What the partition says of its reservations. The store node reads them for this. */
  public ReservationsProof.Books reservations() throws UnprovenException {
    var request =
        GetExportReservationsRequest.newBuilder().setExportId(opened.getExportId()).build();
    GetExportReservationsResponse found =
        retries.await(() -> stub(DIGESTS_WITHIN).getExportReservations(request));
    return new ReservationsProof.Books(
        found.getOpen(), found.getHeld(), found.getHeldEqual(), found.getIndexEqual());
  }

  private ExportServiceFutureStub stub(Duration within) {
    return ExportServiceGrpc.newFutureStub(replica.channel())
        .withDeadlineAfter(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets go of it; should that not arrive, the store node does so by itself after a while. */
  @Override
  public void close() {
    var unused =
        stub(PAGE_WITHIN)
            .closeExport(CloseExportRequest.newBuilder().setExportId(opened.getExportId()).build());
  }
}
