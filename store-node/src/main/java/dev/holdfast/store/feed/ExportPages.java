package dev.holdfast.store.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.proto.feed.v1.ExportedStock;
import dev.holdfast.proto.feed.v1.ReadExportRequest;
import dev.holdfast.proto.feed.v1.ReadExportResponse;
import dev.holdfast.store.state.fault.StateFault;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pages of exports, of which each may be read before it is asked for. For any thread. */
final class ExportPages {
  private static final Logger LOG = LoggerFactory.getLogger(ExportPages.class);

  private final Exports exports;

  ExportPages(Exports exports) {
    this.exports = exports;
  }

  /**
   * A page that was checked to be well asked for.
   *
   * @return null when the export is gone
   */
  @Nullable ReadExportResponse read(
      ReadExportRequest request, BitSet buckets, BooleanSupplier cancelled) {
    ReadAhead ahead = exports.ahead(request.getExportId());
    ReadExportResponse page = ahead == null ? null : ahead.take(request);
    return page == null ? readNow(request, buckets, cancelled) : page;
  }

  private @Nullable ReadExportResponse readNow(
      ReadExportRequest request, BitSet buckets, BooleanSupplier cancelled) {
    int max = request.getMaxRecords();
    int recordsMax = max == 0 ? ExportPage.RECORDS_DEFAULT : max;
    return exports.read(
        request.getExportId(),
        records -> {
          ExportPage page = new ExportPage(recordsMax, buckets, cancelled);
          records.forEach(place(request), page);
          return page.build();
        });
  }

  private static byte @Nullable [] place(ReadExportRequest request) {
    return request.getAfterStore().isEmpty()
        ? null
        : (request.getAfterStore() + '\0' + request.getAfterSku()).getBytes(UTF_8);
  }

  /** Reads what is likely asked for next, behind a page of all buckets. */
  void readAhead(ReadExportRequest request, ReadExportResponse page) {
    ReadAhead ahead = exports.ahead(request.getExportId());
    if (ahead == null) {
      return;
    }
    ReadExportRequest next = behind(request, page);
    try {
      ahead.read(next, () -> readNow(next, new BitSet(), () -> false));
    } catch (StateFault e) {
      LOG.warn("an export cannot be read ahead; its reader will be told", e);
    }
  }

  private static ReadExportRequest behind(ReadExportRequest request, ReadExportResponse page) {
    ExportedStock last = page.getRecords(page.getRecordsCount() - 1);
    return request.toBuilder()
        .setAfterStoreBytes(last.getStoreBytes())
        .setAfterSkuBytes(last.getSkuBytes())
        .build();
  }
}
