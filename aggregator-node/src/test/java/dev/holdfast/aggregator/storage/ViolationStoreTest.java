package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.aggregator.invariant.DigestCheck;
import dev.holdfast.aggregator.invariant.Violation;
import dev.holdfast.common.domain.StateDigest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteOptions;

class ViolationStoreTest {
  private static final int KEPT_MAX = 3;

  @TempDir private Path directory;
  private ViewDatabase database;
  private ViolationStore violations;

  @BeforeEach
  void open() throws Exception {
    database = new ViewDatabase(directory, null);
    violations = store();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ViolationStore store() {
    return new ViolationStore(database, Clock.systemUTC(), KEPT_MAX);
  }

  private void write(Consumer<FamilyWrite> filling) {
    try (WriteOptions options = new WriteOptions()) {
      database.write(options, filling);
    }
  }

  private void find(int partition) {
    var check = new DigestCheck(partition, 7, StateDigest.EMPTY, StateDigest.EMPTY);
    write(write -> violations.add(write, check, List.of()));
  }

  private void repair(int partition) {
    write(write -> violations.repair(write, partition));
  }

  @Test
  void shouldKeepTheNewestAndThoseThatAreOpen() {
    find(0); // stays open
    for (int i = 0; i < 5; i++) {
      find(1);
      repair(1);
    }

    assertThat(violations.newest(100, Long.MAX_VALUE))
        .extracting(Violation::id)
        .containsExactly(6L, 5L, 4L, 1L);
    assertThat(violations.count()).isEqualTo(6);

    repair(0);
    find(1);
    assertThat(violations.newest(100, Long.MAX_VALUE))
        .extracting(Violation::id)
        .containsExactly(7L, 6L, 5L);
  }

  @Test
  void shouldKnowHowManyAreOpenAlsoWhenItIsOpenedAnew() {
    find(0);
    find(1);
    find(1);
    assertThat(violations.openCount()).isEqualTo(3);

    repair(1);
    assertThat(violations.openCount()).isEqualTo(1);
    violations = store();

    assertThat(violations.openCount()).isEqualTo(1);
    assertThat(violations.open()).extracting(Violation::id).containsExactly(1L);
    assertThat(violations.count()).isEqualTo(3);
  }
}
