package dev.holdfast.store.feed;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.holdfast.common.codec.LevelCodec;
import dev.holdfast.common.domain.DigestBuckets;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.proto.feed.v1.ExportedStock;
import dev.holdfast.proto.feed.v1.ReadExportResponse;
import dev.holdfast.store.state.export.PinnedState;
import java.util.BitSet;
import java.util.function.BooleanSupplier;

/** Fills one page of an export, bounded by records and by bytes. Used by one thread. */
final class ExportPage implements PinnedState.Visitor {
  static final int RECORDS_MAX = 50_000;
  static final int RECORDS_DEFAULT = 20_000;

  /** Stays below the 4 MiB that gRPC takes as one message. */
  private static final int BYTES_MAX = 3_000_000;

  private static final int LENGTH_BYTES = 3;

  private final ReadExportResponse.Builder page = ReadExportResponse.newBuilder();
  private final int recordsMax;
  private final BitSet buckets;
  private final BooleanSupplier cancelled;
  private long bytes;
  private boolean last = true;

  /**
   * @param buckets those wanted, none for all
   * @param cancelled whether nobody wants the page any more
   */
  ExportPage(int recordsMax, BitSet buckets, BooleanSupplier cancelled) {
    this.recordsMax = recordsMax;
    this.buckets = buckets;
    this.cancelled = cancelled;
  }

  @Override
  public boolean visit(byte[] key, StockLevel level) {
    if (!buckets.isEmpty() && !buckets.get(DigestBuckets.bucketOf(key))) {
      return !cancelled.getAsBoolean();
    }
    if (page.getRecordsCount() == recordsMax || bytes >= BYTES_MAX) {
      last = false;
      return false;
    }
    ExportedStock record = record(key, level);
    bytes += record.getSerializedSize() + LENGTH_BYTES;
    page.addRecords(record);
    return true;
  }

  /** The texts go from the key to the wire as bytes. */
  private static ExportedStock record(byte[] key, StockLevel level) {
    int zero = 0;
    while (key[zero] != 0) {
      zero++;
    }
    ByteString bytes = UnsafeByteOperations.unsafeWrap(key);
    return ExportedStock.newBuilder()
        .setStoreBytes(bytes.substring(0, zero))
        .setSkuBytes(bytes.substring(zero + 1))
        .setLevel(LevelCodec.toProto(level))
        .build();
  }

  ReadExportResponse build() {
    return page.setLast(last).build();
  }
}
