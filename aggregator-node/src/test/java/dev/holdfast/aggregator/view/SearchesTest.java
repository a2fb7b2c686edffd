package dev.holdfast.aggregator.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.common.domain.StockKey;
import dev.holdfast.common.domain.StockLevel;
import dev.holdfast.common.domain.StockLevel.State;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What lists and searches let through. */
class SearchesTest {
  private static HistorySearch search(String store, String sku) {
    return new HistorySearch(SearchKey.REFUSED, "", store, sku, 0, 9, false);
  }

  @Test
  void shouldFindWhatIsOfTheStoreAndTheSku() {
    assertThat(search("", "").matches("berlin", "tea")).isTrue();
    assertThat(search("berlin", "").matches("berlin", "tea")).isTrue();
    assertThat(search("", "tea").matches("berlin", "tea")).isTrue();
    assertThat(search("berlin", "tea").matches("berlin", "tea")).isTrue();
    assertThat(search("oslo", "").matches("berlin", "tea")).isFalse();
    assertThat(search("oslo", "tea").matches("berlin", "tea")).isFalse();
    assertThat(search("", "cup").matches("berlin", "tea")).isFalse();
    assertThat(search("berlin", "cup").matches("berlin", "tea")).isFalse();
  }

  /** They stand in stored keys. */
  @Test
  void shouldKeepTheNumbersOfSearchKeys() {
    assertThat(SearchKey.values())
        .extracting(SearchKey::name, SearchKey::number)
        .containsExactly(
            tuple("REFERENCE", 1),
            tuple("REQUEST", 2),
            tuple("RESERVATION", 3),
            tuple("REFUSED", 4),
            tuple("RAN_OUT", 5));
  }

  @Test
  void shouldLetThroughWhatIsBelowBothBounds() {
    assertThat(new SkuFilter("", 0, 0, "").matches(99, 99)).isTrue();
    assertThat(new SkuFilter("", 5, 0, "").matches(4, 99)).isTrue();
    assertThat(new SkuFilter("", 5, 0, "").matches(5, 0)).isFalse();
    assertThat(new SkuFilter("", 0, 3, "").matches(99, 2)).isTrue();
    assertThat(new SkuFilter("", 0, 3, "").matches(0, 3)).isFalse();
    assertThat(new SkuFilter("", 5, 3, "").matches(4, 3)).isFalse();
  }

  @Test
  void shouldBeOfOneStoreWhenOneIsGiven() {
    assertThat(new SkuFilter("", 0, 0, "berlin").isOfOneStore()).isTrue();
    assertThat(new SkuFilter("", 0, 0, "").isOfOneStore()).isFalse();
  }

  @Test
  void shouldKnowThatChangesOfAnItemAreParked() {
    StockKey tea = new StockKey("berlin", "tea");

    assertThat(cut(0).isParked(tea)).isFalse();
    assertThat(cut(1).isParked(tea)).isTrue();
  }

  /** A cut that says nothing but how many changes are parked. */
  private static ViewCut cut(long parkedChanges) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            method.isDefault()
                ? InvocationHandler.invokeDefault(proxy, method, arguments)
                : parkedChanges;
    return (ViewCut)
        Proxy.newProxyInstance(
            ViewCut.class.getClassLoader(), new Class<?>[] {ViewCut.class}, handler);
  }

  @Test
  void shouldHaveNothingReservableWhereItemOrStoreIsFrozen() {
    StockLevel level = new StockLevel(10, 4, 2, 0, 1, State.ACTIVE);
    StockLevel frozen = level.withTerms(1, State.FROZEN);

    assertThat(new GlobalItem.InStore("berlin", level, false).reservable()).isEqualTo(5);
    assertThat(new GlobalItem.InStore("berlin", level, true).reservable()).isZero();
    assertThat(new GlobalItem.InStore("berlin", frozen, false).reservable()).isZero();
  }
}
