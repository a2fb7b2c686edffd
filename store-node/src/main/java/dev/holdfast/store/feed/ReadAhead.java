package dev.holdfast.store.feed;

import dev.holdfast.proto.feed.v1.ReadExportRequest;
import dev.holdfast.proto.feed.v1.ReadExportResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The page of an export that its reader will ask for next, read while the one before is on its way.
 * For any thread.
 */
final class ReadAhead {
  private @Nullable Page next;

  private record Page(
      ReadExportRequest request, CompletableFuture<@Nullable ReadExportResponse> response) {}

  /** The page, once, if it is the one that is read; waits for it. Null when it is not. */
  @Nullable ReadExportResponse take(ReadExportRequest request) {
    Page page = taken(request);
    return page == null ? null : page.response.join();
  }

  private synchronized @Nullable Page taken(ReadExportRequest request) {
    Page found = next;
    if (found == null || !found.request.equals(request)) {
      return null;
    }
    next = null;
    return found;
  }

  /** Reads a page in this thread. When that fails, who asks for the page reads it. */
  void read(ReadExportRequest request, Supplier<@Nullable ReadExportResponse> reading) {
    Page page = new Page(request, new CompletableFuture<>());
    put(page);
    try {
      page.response.complete(reading.get());
    } finally {
      page.response.complete(null);
    }
  }

  private synchronized void put(Page page) {
    next = page;
  }
}
