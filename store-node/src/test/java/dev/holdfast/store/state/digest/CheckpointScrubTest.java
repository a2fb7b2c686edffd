package dev.holdfast.store.state.digest;

import static dev.holdfast.store.state.TestStores.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.store.state.StateStore;
import dev.holdfast.store.state.Tampering;
import dev.holdfast.store.state.TestStores;
import dev.holdfast.store.state.db.AppliedState;
import dev.holdfast.store.state.fault.DigestFault;
import dev.holdfast.store.state.fault.StateFault;
import dev.holdfast.store.state.files.CheckpointFiles;
import dev.holdfast.store.state.read.StockScan;
import dev.holdfast.store.testing.RandomLog;
import dev.holdfast.store.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointScrubTest {
  @TempDir private Path root;
  private TestStores stores;
  private StateStore store;
  private Path checkpoint;

  @BeforeEach
  void fill() {
    stores = new TestStores(root);
    store = stores.open("a");
    checkpoint = root.resolve("checkpoint");
    new RandomLog(41, 60).entries().forEach(entry -> apply(store, entry));
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void shouldAgreeWithWhatWasApplied() {
    AppliedState applied = store.checkpoint(checkpoint);

    assertThat(applied.digests().current().records()).isPositive();
    assertThatCode(() -> CheckpointScrub.check(checkpoint, applied, TestKeys.usual()))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldLeaveTheFilesAsTheyWere() throws IOException {
    AppliedState applied = store.checkpoint(checkpoint);
    Map<String, String> before = content();

    CheckpointScrub.check(checkpoint, applied, TestKeys.usual());

    assertThat(content()).isEqualTo(before);
  }

  @Test
  void shouldFindARecordThatWasChangedBehindItsBack() {
    StockScan.Row row = new StockScan(store).after(null, null, 1).get(0);
    StockLevel level = row.level();
    Tampering.write(
        store, row.item(), new StockLevel(level.onHand() + 1, level.reserved(), level.version()));

    AppliedState applied = store.checkpoint(checkpoint);

    assertThatThrownBy(() -> CheckpointScrub.check(checkpoint, applied, TestKeys.usual()))
        .isInstanceOf(DigestFault.class)
        .hasMessageContaining("the events up to sequence " + applied.sequence())
        .hasMessageContaining("expected " + applied.digests().current());
  }

  @Test
  void shouldFindARecordThatIsNotOfTheLog() {
    Tampering.write(store, new StockKey("berlin", "nobody's"), new StockLevel(1, 0, 1));

    AppliedState applied = store.checkpoint(checkpoint);

    assertThatThrownBy(() -> CheckpointScrub.check(checkpoint, applied, TestKeys.usual()))
        .isInstanceOf(DigestFault.class);
  }

  @Test
  void shouldFindThatAReservationIsLost() {
    Tampering.closeReservation(store, openReservation());

    AppliedState applied = store.checkpoint(checkpoint);

    assertThatThrownBy(() -> CheckpointScrub.check(checkpoint, applied, TestKeys.usual()))
        .isInstanceOf(DigestFault.class)
        .hasMessageContaining("what open reservations hold, against what is reserved)")
        .hasMessageNotContaining("by the index");
  }

  @Test
  void shouldFindARowOfTheIndexThatNoReservationHas() {
    Tampering.writeHold(store, new StockKey("berlin", "sku-1"), "nobody", 2);

    AppliedState applied = store.checkpoint(checkpoint);

    assertThatThrownBy(() -> CheckpointScrub.check(checkpoint, applied, TestKeys.usual()))
        .isInstanceOf(DigestFault.class)
        .hasMessageContaining("by the index");
  }

  private ReservationKey openReservation() {
    for (int i = 0; i < 4; i++) {
      for (String home : List.of("berlin", "Zürich")) {
        ReservationKey key = new ReservationKey(home, "r" + i);
        if (store.reservation(key) instanceof Reservation.Open) {
          return key;
        }
      }
    }
    throw new AssertionError("no reservation is open");
  }

  @Test
  void shouldCallAnUnreadableCheckpointAFault() throws IOException {
    AppliedState applied = store.checkpoint(checkpoint);
    for (Path file : CheckpointFiles.list(checkpoint)) {
      if (file.toString().endsWith(".sst")) {
        Files.delete(file);
        Files.write(file, new byte[] {1, 2, 3});
      }
    }

    assertThatThrownBy(() -> CheckpointScrub.check(checkpoint, applied, TestKeys.usual()))
        .isInstanceOf(StateFault.class)
        .hasMessageContaining("reading a checkpoint back failed");
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    List<Path> files = CheckpointFiles.list(checkpoint);
    for (Path file : files) {
      String bytes = Arrays.toString(Files.readAllBytes(file));
      content.put(file.getFileName().toString(), bytes);
    }
    return content;
  }
}
