package dev.holdfast.cli.sample;

import dev.holdfast.cli.sample.SampleLine.Operation;
import dev.holdfast.cli.sample.SampleLine.Order;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Invents orders in the shape of the Online Retail data set: one store takes nine tenths of them, a
 * few SKUs sell far more than the rest, most lines are sales. The same seed gives the same orders.
 */
final class SampleShop {
  private static final String BUSY_STORE = "United Kingdom";
  private static final List<String> STORES =
      List.of(
          "Germany",
          "France",
          "EIRE",
          "Spain",
          "Netherlands",
          "Belgium",
          "Switzerland",
          "Portugal",
          "Australia",
          "Norway",
          "Italy",
          "Finland",
          "Cyprus",
          "Sweden",
          "Austria",
          "Denmark",
          "Japan",
          "Poland",
          "Israel",
          "Singapore",
          "Iceland",
          "Canada",
          "Greece");
  private static final double BUSY_SHARE = 0.91;
  private static final double RETURN_SHARE = 0.016;
  private static final double WRITE_OFF_SHARE = 0.0025;
  private static final double FOUND_SHARE = 0.002;
  private static final int LINES_PER_ORDER = 25;
  private static final int SKUS = 3_900;
  private static final int FIRST_INVOICE = 536_365;

  private final SplittableRandom random;
  private LocalDateTime clock = LocalDateTime.of(2010, 12, 1, 8, 26);
  private int invoice = FIRST_INVOICE - 1;
  private int linesLeft;
  private Order order;
  private Operation operation = Operation.SALE;

  SampleShop(long seed) {
    random = new SplittableRandom(seed);
    order = nextOrder();
  }

  SampleLine next() {
    if (linesLeft == 0) {
      order = nextOrder();
    }
    linesLeft--;
    return new SampleLine(order, sku(), operation, units());
  }

  private Order nextOrder() {
    linesLeft = 1 + random.nextInt(2 * LINES_PER_ORDER);
    clock = clock.plusSeconds(60L * (1 + random.nextInt(40)));
    operation = operation();
    invoice++;
    String prefix = operation == Operation.RETURN ? "C" : "";
    return new Order(prefix + invoice, clock, store());
  }

  private Operation operation() {
    double dice = random.nextDouble();
    if (dice < RETURN_SHARE) {
      return Operation.RETURN;
    }
    if (dice < RETURN_SHARE + WRITE_OFF_SHARE) {
      return Operation.WRITE_OFF;
    }
    return dice < RETURN_SHARE + WRITE_OFF_SHARE + FOUND_SHARE ? Operation.FOUND : Operation.SALE;
  }

  private String store() {
    return random.nextDouble() < BUSY_SHARE
        ? BUSY_STORE
        : STORES.get((int) (STORES.size() * square(random.nextDouble())));
  }

  /** Squares a uniform random number, so that low numbers come up far more often. */
  private String sku() {
    int place = (int) (SKUS * square(random.nextDouble()));
    return (20_000 + place) + (place % 5 == 0 ? "A" : "");
  }

  private int units() {
    int few = 1 + (int) (12 * square(random.nextDouble()));
    return random.nextInt(100) == 0 ? few * 24 : few;
  }

  private static double square(double even) {
    return even * even;
  }
}
