package dev.holdfast.store.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.access.Caller;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchedEvent;
import dev.holdfast.proto.log.v1.EventKind;
import dev.holdfast.store.testing.TestReaders;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchFilterTest {
  @TempDir private Path directory;

  private static final WatchRequest ALL = WatchRequest.getDefaultInstance();

  private Caller readerOf(String... stores) {
    return new TestReaders(directory, stores).reader();
  }

  private static WatchFilter filter(WatchRequest request, Caller reader) {
    return WatchFilter.of(request, new FieldRules(), reader);
  }

  private static WatchedEvent of(String store) {
    return WatchedEvent.newBuilder()
        .setStore(store)
        .setKind(EventKind.EVENT_KIND_STOCK_ADJUSTED)
        .build();
  }

  private static WatchedEvent ofNoStore() {
    return WatchedEvent.newBuilder().setKind(EventKind.EVENT_KIND_STATE_DIGEST_RECORDED).build();
  }

  private static final WatchRequest DIGESTS =
      WatchRequest.newBuilder().addKinds(EventKind.EVENT_KIND_STATE_DIGEST_RECORDED).build();

  @Test
  void shouldPassEventsOfStoresThatTheReaderSees() {
    WatchFilter filter = filter(ALL, readerOf("oslo", "berlin-*"));

    assertThat(filter.passes(of("oslo"))).isTrue();
    assertThat(filter.passes(of("berlin-1"))).isTrue();
    assertThat(filter.passes(of("paris"))).isFalse();
  }

  @Test
  void shouldPassEventsOfNoStoreToReadersOfAllOnly() {
    assertThat(filter(DIGESTS, readerOf("oslo")).passes(ofNoStore())).isFalse();
    assertThat(filter(DIGESTS, readerOf("*")).passes(ofNoStore())).isTrue();
    assertThat(filter(DIGESTS, Caller.ANYBODY).passes(ofNoStore())).isTrue();
  }

  /** A watch lasts, and the grants may change meanwhile. */
  @Test
  void shouldFollowTheGrants() {
    TestReaders readers = new TestReaders(directory, "oslo");
    WatchFilter filter = filter(ALL, readers.reader());
    assertThat(filter.passes(of("oslo"))).isTrue();

    readers.regrant("paris");

    assertThat(filter.passes(of("oslo"))).isFalse();
    assertThat(filter.passes(of("paris"))).isTrue();
  }

  @Test
  void shouldNarrowByWhatIsAskedForToo() {
    WatchRequest oslo = WatchRequest.newBuilder().addStores("oslo").build();

    assertThat(filter(oslo, readerOf("*")).passes(of("paris"))).isFalse();
    assertThat(filter(oslo, readerOf("*")).passes(of("oslo"))).isTrue();
  }
}
