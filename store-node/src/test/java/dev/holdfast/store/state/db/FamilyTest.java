package dev.holdfast.store.state.db;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.domain.HandoverKey;
import dev.holdfast.common.domain.ReservationKey;
import dev.holdfast.common.domain.StockKey;
import dev.holdfast.store.state.TestStores;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Names and numbers on disk are forever. */
final class FamilyTest {
  private static final Path DOCS = Path.of("../docs/ARCHITECTURE.md");
  private static final String BEGIN = "<!-- families of a store node: FamilyTest -->";

  @TempDir private Path root;

  @Test
  void shouldKeepNumbersAndNames() {
    assertThat(Family.all())
        .extracting(family -> family.number() + " " + family.columnFamily())
        .containsExactly(
            "0 default",
            "1 stock",
            "2 reservations",
            "3 receipts",
            "4 events",
            "5 leases",
            "6 stores",
            "7 transfers",
            "8 handovers",
            "9 channels",
            "10 expiries",
            "11 holds");
  }

  @Test
  void shouldUseNoRetiredNumberAndNoFormatOfTheFuture() {
    assertThat(Family.all())
        .noneMatch(family -> Family.RETIRED.contains(family.number()))
        .allMatch(family -> family.since() <= StateFormat.NUMBER);
  }

  @Test
  void shouldFindItsFamiliesInANewDatabase() throws Exception {
    try (TestStores stores = new TestStores(root);
        Options options = new Options()) {
      stores.open("a");

      assertThat(RocksDB.listColumnFamilies(options, root.resolve("a/db-0").toString()))
          .extracting(name -> new String(name, US_ASCII))
          .containsExactlyElementsOf(Family.all().stream().map(Family::columnFamily).toList());
    }
  }

  @Test
  void shouldReadKeysBack() {
    assertReadsBack(StateKeys.HANDOVER, new HandoverKey(3, 1L << 40));
    assertReadsBack(StateKeys.CHANNEL, StateKeys.Channel.to(3));
    assertReadsBack(StateKeys.CHANNEL, StateKeys.Channel.from(258));
    ReservationKey reservation = new ReservationKey("berlin", "r-1");
    assertReadsBack(StateKeys.EXPIRY, new StateKeys.Expiry(258, reservation));
    assertReadsBack(StateKeys.HOLD, new StateKeys.Hold(new StockKey("berlin", "tea"), reservation));
  }

  private static <T> void assertReadsBack(Codec<T> codec, T key) {
    assertThat(codec.decode(codec.encode(key))).isEqualTo(key);
  }

  @Test
  void shouldBeTheTableOfTheDocs() throws Exception {
    String docs = Files.readString(DOCS);
    String table = docs.substring(docs.indexOf(BEGIN) + BEGIN.length()).strip();

    assertThat(table).startsWith(table());
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    table.append("| # | family | key | value | since format |\n|---|---|---|---|---|\n");
    for (Family<?, ?> family : Family.all()) {
      table.append(
          "| %d | `%s` | %s | %s | %d |\n"
              .formatted(
                  family.number(),
                  family.columnFamily(),
                  family.key().form(),
                  family.value().form(),
                  family.since()));
    }
    return table.toString();
  }
}
