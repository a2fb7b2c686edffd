package dev.holdfast.store.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.db.RocksMemory;
import dev.holdfast.store.testing.RandomLog;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportsTest {
  private static final long IDLE = Exports.IDLE_MAX.toNanos();

  @TempDir private Path root;
  private final RocksMemory memory = new RocksMemory(8 << 20, 32 << 20);
  private long now;
  private final Exports exports = new Exports(() -> now);
  private StateStore store;

  @BeforeEach
  void fill() throws IOException {
    store = StateStore.open(root, memory, TestKeys.usual());
    for (RandomLog.Entry entry : new RandomLog(1, 30).entries()) {
      store.apply(applier -> applier.apply(entry.index(), entry.term(), entry.encoded()));
    }
  }

  @AfterEach
  void close() {
    exports.close();
    store.close();
    memory.close();
  }

  @Test
  void shouldOpenABoundedNumber() {
    List<String> open = new ArrayList<>();
    for (int i = 0; i < Exports.OPEN_MAX; i++) {
      open.add(open());
    }

    assertThat(exports.open(store::pin)).isNull();
    assertThat(exports.count()).isEqualTo(Exports.OPEN_MAX);

    exports.close(open.get(3));
    assertThat(exports.open(store::pin)).isNotNull();
  }

  @Test
  void shouldLetGoOfWhatNobodyReads() {
    String read = open();
    String idle = open();

    now += IDLE;
    assertThat(sequence(read)).isEqualTo(store.applied().sequence());
    now += 1;
    exports.expire();

    assertThat(sequence(read)).isEqualTo(store.applied().sequence());
    assertThat(sequence(idle)).isNull();
    assertThat(exports.count()).isEqualTo(1);
  }

  @Test
  void shouldNotLetGoOfWhatIsBeingRead() {
    String id = open();

    Integer records =
        exports.read(
            id,
            pinned -> {
              now += 2 * IDLE;
              exports.expire();
              int[] count = {0};
              pinned.forEach(null, (key, level) -> ++count[0] > 0);
              return count[0];
            });

    assertThat(records).isEqualTo((int) store.digest().records()).isPositive();
  }

  @Test
  void shouldForgetWhatItsReplicaLetGoOf() {
    String id = open();

    store.unpinAll();

    assertThat(sequenceOfARead(id)).isNull();
    assertThat(exports.count()).isZero();
  }

  @Test
  void shouldOpenNothingOnceClosed() {
    String id = open();

    exports.close();

    assertThat(sequence(id)).isNull();
    assertThat(exports.open(store::pin)).isNull();
    assertThat(exports.count()).isZero();
    exports.close(id);
  }

  private String open() {
    return Objects.requireNonNull(exports.open(store::pin)).id();
  }

  private @org.jspecify.annotations.Nullable Long sequence(String id) {
    return exports.read(id, pinned -> pinned.applied().sequence());
  }

  private @org.jspecify.annotations.Nullable Long sequenceOfARead(String id) {
    return exports.read(
        id,
        pinned -> {
          pinned.forEach(null, (key, level) -> false);
          return pinned.applied().sequence();
        });
  }
}
