package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class DiskRoomTest {
  private final DiskRoom room = new DiskRoom(Duration.ofMillis(1));
  private final List<Boolean> told = new ArrayList<>();
  private final Deque<RocksDBException> failures = new ArrayDeque<>();
  private int done;

  @BeforeAll
  static void loadLibrary() {
    RocksDB.loadLibrary();
  }

  private static RocksDBException failure(Status.SubCode why) {
    return new RocksDBException(new Status(Status.Code.IOError, why, "No space left on device"));
  }

  private void write() throws RocksDBException {
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
    done++;
  }

  @Test
  void shouldWriteWhenThereIsRoomAgain() throws Exception {
    room.listen(() -> told.add(room.isFull()));
    failures.add(failure(Status.SubCode.NoSpace));
    failures.add(failure(Status.SubCode.NoSpace));

    room.await(this::write);

    assertThat(done).isOne();
    assertThat(told).containsExactly(true, false);
  }

  @Test
  void shouldNotRepeatWhatFailsForAnotherReason() {
    failures.add(failure(Status.SubCode.None));

    assertThatThrownBy(() -> room.await(this::write)).isInstanceOf(RocksDBException.class);
    assertThat(room.isFull()).isFalse();
    assertThat(done).isZero();
  }

  @Test
  void shouldEndTheWaitWhenItsThreadIsInterrupted() {
    failures.add(failure(Status.SubCode.NoSpace));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> room.await(this::write)).isInstanceOf(RocksDBException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).isZero();
  }
}
