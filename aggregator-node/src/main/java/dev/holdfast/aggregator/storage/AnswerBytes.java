package dev.holdfast.aggregator.storage;

import com.google.common.base.Utf8;
import com.google.protobuf.CodedOutputStream;
import dev.holdfast.aggregator.view.GlobalItem;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.common.domain.StockLevel;

/**
 * Estimates the size of an item in an answer, at most: names in UTF-8 and numbers as they are
 * encoded.
 */
final class AnswerBytes {
  /** Tag and length of a name. */
  private static final long NAME_BYTES = 3;

  /** Tag and length of a message. */
  private static final long MESSAGE_BYTES = 6;

  /** Unmet demand and parked changes. */
  private static final long OTHERS_BYTES = 40;

  private AnswerBytes() {}

  static long of(GlobalItem item) {
    long sku = Utf8.encodedLength(item.sku()) + NAME_BYTES;
    long bytes = MESSAGE_BYTES + sku + OTHERS_BYTES + of(item.total());
    for (GlobalItem.InStore store : item.stores()) {
      long name = Utf8.encodedLength(store.store()) + NAME_BYTES;
      bytes += MESSAGE_BYTES + name + sku + of(store.level());
    }
    return bytes;
  }

  private static long of(SkuTotal total) {
    return number(total.onHand())
        + number(total.reserved())
        + 2 * number(total.available()) // reservable is never more
        + number(total.inTransit());
  }

  private static long of(StockLevel level) {
    return number(level.onHand())
        + number(level.reserved())
        + 2 * number(level.available()) // reservable is never more
        + number(level.version())
        + number(level.safetyStock())
        + number(level.netShipped())
        + 2 * NAME_BYTES; // whether it, or its store, is frozen
  }

  private static long number(long value) {
    return 1L + CodedOutputStream.computeInt64SizeNoTag(value);
  }
}
