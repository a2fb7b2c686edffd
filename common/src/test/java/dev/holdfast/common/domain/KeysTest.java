package dev.holdfast.common.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys that compare themselves, for speed. */
final class KeysTest {
  @Test
  void shouldBeEqualWhenBothPartsAre() {
    StockKey tea = new StockKey("berlin", "tea");

    assertThat(new StockKey("berlin", "tea")).isEqualTo(tea).hasSameHashCodeAs(tea);
    assertThat(new StockKey("berlin", "cup")).isNotEqualTo(tea);
    assertThat(new StockKey("oslo", "tea")).isNotEqualTo(tea);
    assertThat(tea).isNotEqualTo("tea").isNotEqualTo(null);
  }

  /** Two callers may use the same key, and one caller several. */
  @Test
  void shouldKeepReceiptsOfCallersApart() {
    ReceiptKey alice = new ReceiptKey("alice", "k-1");

    assertThat(new ReceiptKey("alice", "k-1")).isEqualTo(alice).hasSameHashCodeAs(alice);
    assertThat(new ReceiptKey("bob", "k-1")).isNotEqualTo(alice).doesNotHaveSameHashCodeAs(alice);
    assertThat(new ReceiptKey("alice", "k-2")).isNotEqualTo(alice).doesNotHaveSameHashCodeAs(alice);
    assertThat(alice).isNotEqualTo("k-1").isNotEqualTo(null);
  }

  @Test
  void shouldSpreadNumberedStoresAndSkus() {
    Stream<StockKey> keys =
        IntStream.range(0, 100)
            .boxed()
            .flatMap(
                store ->
                    IntStream.range(0, 1000)
                        .mapToObj(sku -> new StockKey("store-" + store, "sku-" + sku)));

    assertThat(keys.mapToInt(StockKey::hashCode).distinct().count()).isGreaterThan(99_900);
  }
}
