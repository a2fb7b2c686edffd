package dev.holdfast.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.ReadOnlyOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Options of which a wrong one shows only when power fails, bits flip or clocks run apart at the
 * wrong moment.
 */
final class RaftTuningTest {
  private static final RaftSettings.Member SELF = new RaftSettings.Member("a", "127.0.0.1:1");

  private final NodeOptions options =
      RaftTuning.tune(
          new NodeOptions(),
          new RaftSettings(0, Path.of("data"), SELF, List.of(SELF), Duration.ofSeconds(1)));
  private final RaftOptions raft = options.getRaftOptions();

  @Test
  void shouldHaveEntriesAndVotesOnDiskBeforeTheyCount() {
    assertThat(raft.isSync()).as("entries").isTrue();
    assertThat(raft.isSyncMeta()).as("votes").isTrue();
  }

  @Test
  void shouldCheckEveryEntry() {
    assertThat(raft.isEnableLogEntryChecksum()).isTrue();
  }

  @Test
  void shouldTrustNoClocksInReads() {
    assertThat(raft.getReadOnlyOptions()).isEqualTo(ReadOnlyOption.ReadOnlySafe);
  }

  @Test
  void shouldTakeOrdersFromItsOwnClusterOnly() {
    assertThat(options.isDisableCli()).isTrue();
  }

  /** Asked with nothing new, JRaft cuts its log behind the newest snapshot. */
  @Test
  void shouldLeaveSnapshotsToTheirTimer() {
    assertThat(options.getSnapshotIntervalSecs()).isZero();
  }
}
