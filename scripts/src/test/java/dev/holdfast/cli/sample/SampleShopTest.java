package dev.holdfast.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SampleShopTest {
  private static final int LINES = 50_000;

  @Test
  void shouldBeTheSameForTheSameSeed() {
    assertThat(lines(7)).isEqualTo(lines(7)).isNotEqualTo(lines(8));
  }

  @Test
  void shouldHaveOneBusyStoreAndMostlySales() {
    List<SampleLine> lines = lines(1);

    long busy = lines.stream().filter(l -> l.order().store().equals("United Kingdom")).count();
    long sales = lines.stream().filter(l -> l.operation() == SampleLine.Operation.SALE).count();
    assertThat(busy).isBetween(LINES * 85L / 100, LINES * 96L / 100);
    assertThat(sales).isBetween(LINES * 95L / 100, LINES * 99L / 100);
    assertThat(lines).extracting(SampleLine::operation).contains(SampleLine.Operation.values());
  }

  @Test
  void shouldOpenWithJustEnoughForTheOrderOfTheFile() {
    Map<String, Opening> openings = new HashMap<>();
    List<SampleLine> lines = lines(2);
    lines.forEach(
        line -> openings.merge(line.sku(), after(Opening.NONE, line), (o, n) -> after(o, line)));

    Map<String, Long> onHand = new HashMap<>();
    Map<String, Long> lowest = new HashMap<>();
    for (SampleLine line : lines) {
      long before = onHand.getOrDefault(line.sku(), fileOrder(openings, line.sku()));
      onHand.put(line.sku(), before + line.delta());
      lowest.merge(line.sku(), before + line.delta(), Math::min);
    }

    assertThat(lowest.values()).allMatch(units -> units >= 0);
    lowest.forEach(
        (sku, units) -> assertThat(units == 0 || fileOrder(openings, sku) == 0).as(sku).isTrue());
  }

  private static long fileOrder(Map<String, Opening> openings, String sku) {
    return openings.getOrDefault(sku, Opening.NONE).fileOrder();
  }

  private static Opening after(Opening before, SampleLine line) {
    return before.then(line.delta());
  }

  private static List<SampleLine> lines(long seed) {
    SampleShop shop = new SampleShop(seed);
    return Stream.generate(shop::next).limit(LINES).toList();
  }
}
