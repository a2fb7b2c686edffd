package dev.holdfast.store.decide.transfer;

import dev.holdfast.common.domain.Rejection;
import dev.holdfast.common.domain.Transfer;
import dev.holdfast.common.domain.TransferLine;
import java.util.HashMap;
import java.util.Map;

/** The units of a transfer that can still be received, lost or cancelled. */
final class Outstanding {
  private Outstanding() {}

  static Map<String, Long> bySku(Transfer transfer) {
    Map<String, Long> outstanding = new HashMap<>();
    transfer.lines().forEach(line -> outstanding.put(line.sku(), line.outstanding()));
    return outstanding;
  }

  /** All of an open transfer is arriving already: as the first such line tells. */
  static Rejection nothing(Transfer transfer) {
    TransferLine arriving =
        transfer.lines().stream().filter(line -> line.arriving() > 0).findFirst().orElseThrow();
    return new Rejection.NotOutstanding(arriving.sku(), arriving.arriving(), 0);
  }
}
