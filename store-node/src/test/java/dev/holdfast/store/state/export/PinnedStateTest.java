package dev.holdfast.store.state.export;

import static dev.holdfast.store.state.TestStores.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.db.StateKeys;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.testing.RandomLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class PinnedStateTest {
  @TempDir private Path root;
  private TestStores stores;
  private StateStore store;

  @BeforeEach
  void open() {
    stores = new TestStores(root);
    store = stores.open("a");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void shouldHoldWhatWasAppliedWhenItWasPinned() {
    RandomLog log = new RandomLog(31, 80);
    log.entries().subList(0, 40).forEach(entry -> apply(store, entry));
    AppliedState then = store.applied();
    try (PinnedState pinned = store.pin()) {
      log.entries().subList(40, 80).forEach(entry -> apply(store, entry));

      assertThat(pinned.applied()).usingRecursiveComparison().isEqualTo(then);
      assertThat(digestOf(pinned)).isEqualTo(then.digests().current());
    }
    assertThat(store.digest()).isNotEqualTo(then.digests().current());
  }

  /** The digest that is pinned is that of the very records that are pinned, at any moment. */
  @Test
  void shouldAgreeWithItselfWhileBatchesAreApplied() throws Exception {
    RandomLog log = new RandomLog(32, 600);
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(1);
    Thread writer =
        new Thread(
            () -> {
              log.entries()
                  .forEach(
                      entry -> {
                        apply(store, entry);
                        started.countDown();
                      });
              done.set(true);
            });
    writer.start();
    started.await();

    int pins = 0;
    while (!done.get() || pins == 0) {
      try (PinnedState pinned = store.pin()) {
        assertThat(digestOf(pinned)).isEqualTo(pinned.applied().digests().current());
        pins++;
      }
    }
    writer.join();
  }

  @Test
  void shouldWalkOnBehindAKey() {
    TestLog log = new TestLog();
    for (int i = 1; i <= 5; i++) {
      apply(store, i, 1, log.batch(TestLog.created("sku-" + i)));
    }
    try (PinnedState pinned = store.pin()) {
      assertThat(keys(pinned, null)).hasSize(5);
      assertThat(keys(pinned, key("sku-2"))).containsExactly("sku-3", "sku-4", "sku-5");
      assertThat(keys(pinned, key("sku-20"))).containsExactly("sku-3", "sku-4", "sku-5");
      assertThat(keys(pinned, key("sku-5"))).isEmpty();
    }
  }

  /** More records than one turn takes. */
  @Test
  void shouldWalkOverTheEndOfATurn() {
    TestLog log = new TestLog();
    int records = 25_000;
    for (int i = 0; i < records / 1_000; i++) {
      var batch = new dev.holdfast.common.domain.RecordedEvent[1_000];
      for (int j = 0; j < batch.length; j++) {
        batch[j] = TestLog.created("sku-" + (i * 1_000 + j));
      }
      apply(store, i + 1, 1, log.batch(batch));
    }
    try (PinnedState pinned = store.pin()) {
      assertThat(keys(pinned, null)).hasSize(records).doesNotHaveDuplicates().isSorted();
      assertThat(digestOf(pinned)).isEqualTo(store.digest());
    }
  }

  @Test
  void shouldBeGoneOnceItIsClosed() {
    PinnedState pinned = store.pin();
    pinned.close();
    pinned.close();

    assertGone(pinned);
  }

  @Test
  void shouldBeGoneAfterAnInstall() throws Exception {
    RandomLog log = new RandomLog(33, 40);
    StateStore leader = stores.open("leader");
    log.entries().forEach(entry -> apply(leader, entry));
    leader.checkpoint(root.resolve("checkpoint"));
    PinnedState pinned = store.pin();

    store.install(root.resolve("checkpoint"), 40);

    assertGone(pinned);
    pinned.close();
    try (PinnedState fresh = store.pin()) {
      assertThat(digestOf(fresh)).isEqualTo(leader.digest());
    }
  }

  @Test
  void shouldReadNothingAfterTheStoreIsClosed() {
    PinnedState pinned = store.pin();
    stores.close(store);

    assertThatThrownBy(() -> digestOf(pinned))
        .isInstanceOf(StateFault.class)
        .hasMessageContaining("closed");
    pinned.close();
    assertThatThrownBy(store::pin).isInstanceOf(StateFault.class);
  }

  private static void assertGone(PinnedState pinned) {
    assertThatThrownBy(() -> digestOf(pinned)).isInstanceOf(PinnedState.ReleasedException.class);
  }

  private static StateDigest digestOf(PinnedState pinned) {
    StateDigest[] digest = {StateDigest.EMPTY};
    pinned.forEach(
        null,
        (key, level) -> {
          digest[0] = digest[0].with(StateKeys.stockKey(key), level);
          return true;
        });
    return digest[0];
  }

  private static List<String> keys(
      PinnedState pinned, byte @org.jspecify.annotations.Nullable [] behind) {
    List<String> skus = new ArrayList<>();
    pinned.forEach(behind, (key, level) -> skus.add(StateKeys.stockKey(key).sku()));
    return skus;
  }

  private static byte[] key(String sku) {
    return StateKeys.of(new dev.holdfast.common.domain.StockKey("berlin", sku));
  }
}
