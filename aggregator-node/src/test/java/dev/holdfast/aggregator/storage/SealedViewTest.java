package dev.holdfast.aggregator.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.holdfast.aggregator.deadletter.EventPlace;
import dev.holdfast.aggregator.deadletter.LetterUpdate;
import dev.holdfast.aggregator.ingest.RecordRun;
import dev.holdfast.aggregator.testing.TestKeys;
import dev.holdfast.aggregator.view.EventHeader;
import dev.holdfast.aggregator.view.HistorySearch;
import dev.holdfast.aggregator.view.Movement;
import dev.holdfast.aggregator.view.SearchKey;
import dev.holdfast.aggregator.view.SkuTotal;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewUpdate;
import dev.holdfast.common.crypt.Encryption;
import dev.holdfast.common.crypt.Keyset;
import dev.holdfast.common.crypt.KeysetVault;
import dev.holdfast.common.domain.EventFacts;
import dev.holdfast.common.domain.EventKind;
import dev.holdfast.common.domain.Origin;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksIterator;

/** A view whose rows are encrypted, and the way there. */
final class SealedViewTest {
  private static final StockKey MUG = new StockKey("berlin", "mug");
  private static final StockLevel LEVEL = new StockLevel(7, 0, 2, 0, 1, StockLevel.State.ACTIVE);
  private static final List<String> WORDS =
      List.of(
          "canary-reason",
          "canary-reference",
          "canary-request",
          "canary-principal",
          "canary-event");

  @TempDir private Path directory;
  @TempDir private Path elsewhere;

  private ViewStore open(Encryption encryption) throws DataDirectoryException {
    return ViewStore.open(directory, "c1", "aggregator", encryption);
  }

  private static void fill(ViewStore store) {
    EventFacts facts =
        new EventFacts(EventKind.STOCK_ADJUSTED, MUG.store(), "", "r-1", "canary-reason");
    Origin origin = new Origin("canary-request", "canary-principal");
    EventHeader header = new EventHeader(1, 1_000, facts, origin, "canary-reference");
    Movement movement = new Movement(header, MUG, null, LEVEL);
    LetterUpdate letters =
        new LetterUpdate(
            Map.of(new EventPlace(0, 3), ByteString.copyFromUtf8("canary-event")),
            Map.of(),
            Set.of(),
            Map.of(),
            Map.of(),
            Map.of());
    store.write(
        new ViewUpdate(
            Map.of(MUG, LEVEL),
            Map.of("mug", SkuTotal.NONE.changed(null, LEVEL)),
            Map.of(),
            Map.of(),
            List.of(movement),
            List.of(),
            List.of(),
            Map.of()),
        letters);
  }

  private static void assertFilled(ViewStore store) {
    assertThat(store.level(MUG)).isEqualTo(LEVEL);
    assertThat(store.total("mug")).isEqualTo(SkuTotal.NONE.changed(null, LEVEL));
    assertThat(Objects.requireNonNull(store.letters().event(new EventPlace(0, 3))).toStringUtf8())
        .isEqualTo("canary-event");
    try (ViewCut cut = store.cut()) {
      assertThat(cut.item("mug").orElseThrow().stores()).hasSize(1);
      for (SearchKey key : List.of(SearchKey.REFERENCE, SearchKey.REQUEST)) {
        String text = key == SearchKey.REQUEST ? "canary-request" : "canary-reference";
        var found = cut.find(search(key, text), store1 -> 0, new byte[0], 10).entries();
        assertThat(found).hasSize(1);
        assertThat(Objects.requireNonNull(found.get(0).movement()).header().reference())
            .isEqualTo("canary-reference");
        assertThat(cut.find(search(key, "canary"), store1 -> 0, new byte[0], 10).entries())
            .isEmpty();
      }
    }
  }

  private static HistorySearch search(SearchKey key, String text) {
    return new HistorySearch(key, text, "", "", 0, Long.MAX_VALUE - 1, false);
  }

  private List<String> wordsOnDisk() {
    return WORDS.stream().filter(this::isOnDisk).toList();
  }

  private boolean isOnDisk(String word) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).anyMatch(file -> contains(file, word));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(Path file, String word) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldShowNoWordWhereAnotherViewShowsAll() throws Exception {
    try (ViewStore store = open(TestKeys.on())) {
      fill(store);
      assertFilled(store);
    }
    assertThat(wordsOnDisk()).isEmpty();
    try (ViewStore store = open(TestKeys.on())) {
      assertFilled(store);
    }
  }

  @Test
  void shouldEncryptAllThatIsThereWhenItIsSwitchedOn() throws Exception {
    try (ViewStore store = open(Encryption.OFF)) {
      fill(store);
      store.bindPartitions(3);
    }
    assertThat(wordsOnDisk()).isEqualTo(WORDS);

    try (ViewStore store = open(TestKeys.on())) {
      assertFilled(store);
      assertThat(store.partitionCount()).isEqualTo(3);
    }

    assertThat(wordsOnDisk()).isEmpty();
    assertThat(directory.resolve("CURRENT")).doesNotExist();
    try (ViewStore store = open(TestKeys.on())) {
      assertFilled(store);
    }
  }

  /** The copy has its name, and the view that it was made of is not deleted yet, or half. */
  @Test
  void shouldGoOnAfterACrashWhileItWasSwitchedOn() throws Exception {
    try (ViewStore store = open(Encryption.OFF)) {
      fill(store);
    }
    Files.createDirectories(directory.resolve("sealing"));
    Files.writeString(directory.resolve("sealing").resolve("half"), "a copy");
    try (ViewStore store = open(TestKeys.on())) {
      assertFilled(store);
    }
    Path sealed = directory.resolve("sealed");
    Files.move(sealed, elsewhere.resolve("sealed"));
    try (ViewStore store = open(Encryption.OFF)) {
      assertThat(store.level(MUG)).isNull(); // another one, at the top
    }
    Files.move(elsewhere.resolve("sealed"), sealed);

    try (ViewStore store = open(TestKeys.on())) {
      assertFilled(store);
    }
    assertThat(directory.resolve("CURRENT")).doesNotExist();
  }

  @Test
  void shouldTakeInEncryptedTables() throws Exception {
    try (ViewStore store = open(TestKeys.on())) {
      RecordRun run = store.parts().run();
      run.add(MUG, LEVEL);
      store.parts().takeIn(run.write());
      assertThat(store.level(MUG)).isEqualTo(LEVEL);
      try (ViewCut cut = store.cut()) {
        int[] records = {0};
        cut.records(
            (item, level) -> {
              assertThat(level).isEqualTo(LEVEL);
              records[0]++;
            });
        assertThat(records[0]).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldRefuseToStartWhenItIsSwitchedOffOrTheKeysAreOthers() throws Exception {
    open(TestKeys.on()).close();
    Keyset.create(new SecureRandom()).write(elsewhere.resolve("other.json"));
    Encryption other = Encryption.by(KeysetVault.open(elsewhere.resolve("other.json")));

    assertThatThrownBy(() -> open(Encryption.OFF))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("what lies in " + directory.resolve("sealed") + " is encrypted")
        .hasMessageContaining("holdfast.encryption.enabled is false; set it to true");
    assertThatThrownBy(() -> open(other))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("does not hold the master key");
    Files.delete(directory.resolve("sealed/keys.json"));
    assertThatThrownBy(() -> open(TestKeys.on()))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("its file keys.json is missing");
  }

  @Test
  void shouldFindAFlippedBit() throws Exception {
    try (ViewStore store = open(TestKeys.on())) {
      fill(store);
    }
    try (ViewDatabase database = new ViewDatabase(directory.resolve("sealed"), null);
        RocksIterator rows = database.db().newIterator(database.handle(Family.VIEW))) {
      rows.seekToFirst();
      byte[] value = rows.value();
      value[20] ^= 1;
      database.db().put(database.handle(Family.VIEW), rows.key(), value);
    }

    try (ViewStore store = open(TestKeys.on())) {
      assertThatThrownBy(() -> store.level(MUG))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("a row of the family view cannot be decrypted");
    }
  }

  @Test
  void shouldLieOnTheDiskAsBeforeWhenItIsOff() throws Exception {
    open(Encryption.OFF).close();

    assertThat(directory.resolve("sealed")).doesNotExist();
    assertThat(directory.resolve("keys.json")).doesNotExist();
    assertThat(directory.resolve("CURRENT")).exists();
  }
}
