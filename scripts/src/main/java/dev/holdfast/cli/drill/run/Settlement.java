package dev.holdfast.cli.drill.run;

import dev.holdfast.cli.FailedException;
import dev.holdfast.cli.Pages;
import dev.holdfast.common.client.HoldfastClient;
import dev.holdfast.proto.inventory.v1.ListTransfersRequest;
import dev.holdfast.proto.inventory.v1.ListTransfersResponse;
import dev.holdfast.proto.inventory.v1.Transfer;
import dev.holdfast.proto.inventory.v1.TransferLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The open transfers of the drill. */
final class Settlement {
  private static final long POLL_MILLIS = 200;

  private Settlement() {}

  /** Waits until no units are on their way between partitions. */
  static void await(HoldfastClient client, List<String> stores, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (String store : stores) {
      List<String> arriving = arriving(client, store);
      while (!arriving.isEmpty()) {
        if (System.nanoTime() - deadline > 0) {
          String what = "units of %d transfers from %s did not arrive within %s, as %s";
          throw new FailedException(what.formatted(arriving.size(), store, limit, arriving.get(0)));
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        arriving = arriving(client, store);
      }
    }
  }

  private static List<String> arriving(HoldfastClient client, String store) {
    return open(client, store).stream()
        .filter(each -> each.getLinesList().stream().mapToLong(TransferLine::getArriving).sum() > 0)
        .map(Transfer::getTransferId)
        .toList();
  }

  static List<Transfer> open(HoldfastClient client, String store) {
    ListTransfersRequest request = ListTransfersRequest.newBuilder().setStore(store).build();
    List<Transfer> open = new ArrayList<>();
    Pages.forEach(
        token -> client.transfers().list(request.toBuilder().setPageToken(token).build()),
        ListTransfersResponse::getNextPageToken,
        page -> open.addAll(page.getTransfersList()));
    return open;
  }
}
