package dev.holdfast.store.state.apply;

import static dev.holdfast.store.state.TestStores.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.domain.Event;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.RecordedEvent;
import dev.holdfast.common.domain.StateDigest;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.decide.state.DigestProgress;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.TestLog;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.state.fault.DigestFault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica compares its own fold with each digest that comes along the log. */
final class DigestCheckTest {
  private static final StateDigest TEA =
      StateDigest.EMPTY.with(new StockKey("berlin", "tea"), new StockLevel(1, 0, 1));

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
  void shouldKeepTheDigestOfItsRecordsAndThePlaceOfTheLastOneRecorded() {
    TestLog log = new TestLog();

    apply(store, 1, 1, log.batch(TestLog.created("tea"), recorded(TEA)));

    assertThat(store.logEnd().digests()).isEqualTo(new DigestProgress(TEA, 2));
    apply(store, 2, 1, log.batch(TestLog.created("cup")));
    assertThat(store.logEnd().digests().recordedAt()).isEqualTo(2);
    assertThat(store.digest().records()).isEqualTo(2);
  }

  /** It stands for the state before its own event, in the middle of a batch as well. */
  @Test
  void shouldCheckADigestAtItsOwnPlace() {
    TestLog log = new TestLog();
    byte[] batch = log.batch(TestLog.created("tea"), recorded(TEA), TestLog.created("cup"));

    assertThat(apply(store, 1, 1, batch)).isTrue();
  }

  @Test
  void shouldStopAtADigestThatIsNotItsOwn() {
    TestLog log = new TestLog();
    apply(store, 1, 1, log.batch(TestLog.created("tea")));
    StateDigest other = new StateDigest(TEA.low() ^ 1, TEA.high(), 1, 1, 0, 0);
    byte[] wrong = log.batch(TestLog.created("cup"), recorded(TEA.plus(other)));

    for (int attempt = 0; attempt < 2; attempt++) { // it does not go away by itself
      assertThatThrownBy(() -> apply(store, 2, 1, wrong))
          .isInstanceOf(DigestFault.class)
          .hasMessageContaining("recorded at sequence 3")
          .hasMessageContaining("expected " + TEA.plus(other))
          .hasMessageContaining("found StateDigest");
    }
    assertThat(store.applied().sequence()).isEqualTo(1);
  }

  @Test
  void shouldGoOnWithTheDigestAfterARestart() {
    TestLog log = new TestLog();
    apply(store, 1, 1, log.batch(TestLog.created("tea")));
    stores.close(store);

    store = stores.open("a");

    assertThat(apply(store, 2, 1, log.batch(recorded(TEA)))).isTrue();
    assertThat(store.logEnd().digests()).isEqualTo(new DigestProgress(TEA, 2));
  }

  private static RecordedEvent recorded(StateDigest digest) {
    return new RecordedEvent(new Event.StateDigestRecorded(digest), Origin.SYSTEM, "", "", 0);
  }
}
