package dev.holdfast.common.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.common.domain.AdjustmentReason;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldRulesTest {
  private static final long QUANTITY_MAX = 1_000_000_000_000L;

  private final FieldRules rules = new FieldRules();

  @Test
  void shouldAcceptWhatStandsExactlyOnTheBounds() {
    rules.id("store", "x".repeat(64));
    rules.id("sku", "ü".repeat(32));
    rules.optionalId("store", "");
    rules.reference("reference", "x".repeat(128));
    rules.idempotencyKey("idempotency_key", "k".repeat(128));
    rules.reservationId("reservation_id", "r".repeat(64));
    rules.optionalReservationId("reservation_id", "");
    rules.openingQuantity("initial_quantity", 0);
    rules.openingQuantity("initial_quantity", QUANTITY_MAX);
    rules.lineQuantity("quantity", 1);
    rules.delta("delta", -QUANTITY_MAX, AdjustmentReason.SALE);
    rules.delta("delta", QUANTITY_MAX, null);
    rules.expectedVersion("expected_version", 1);
    rules.batchSize("commands", 10_000);
    rules.maxStaleness("read.max_staleness_millis", 3_600_000);
    rules.partition("partition", 2, 3);
    rules.sequence("from_sequence", 1);
    rules.lineCount("lines", 1_000, 1);
    rules.ttl("ttl_millis", 0, 60_000);
    rules.ttl("ttl_millis", 60_000, 60_000);
    rules.holder("holder", "");
    rules.holder("holder", "x".repeat(128));

    assertThat(rules.violations()).isEmpty();
    assertThat(rules.isValid()).isTrue();
  }

  @Test
  void shouldRefuseWhatStandsJustOutsideTheBounds() {
    rules.id("a", "x".repeat(129));
    rules.id("b", "ü".repeat(65));
    rules.id("c", "");
    rules.reference("d", "x".repeat(129));
    rules.idempotencyKey("e", "k".repeat(129));
    rules.reservationId("f", "");
    rules.optionalReservationId("g", "r".repeat(65));
    rules.openingQuantity("h", -1);
    rules.openingQuantity("i", QUANTITY_MAX + 1);
    rules.lineQuantity("j", 0);
    rules.expectedVersion("k", 0);
    rules.batchSize("l", 0);
    rules.maxStaleness("m", 3_600_001);
    rules.partition("n", 3, 3);
    rules.sequence("o", 0);

    assertThat(rules.isValid()).isFalse();
    assertThat(rules.violations())
        .extracting(FieldViolation::field)
        .containsExactly("abcdefghijklmno".split(""));
  }

  /** What is left of Käse and Köse where the locale could not read them: one name for two. */
  @Test
  void shouldRefuseWhatCouldNotBeRead() {
    rules.id("store", "K\uFFFD\uFFFDse");
    rules.optionalId("sku", "\uFFFD");
    rules.reference("reference", "for K\uFFFDse");
    rules.holder("holder", "\uFFFD");
    rules.id("sku", "Käse \uFFFC");

    assertThat(rules.violations())
        .extracting(FieldViolation::field)
        .containsExactly("store", "sku", "reference", "holder");
    assertThat(rules.violations().get(0).description())
        .isEqualTo(
            "must be 1 to 128 bytes of UTF-8 without control characters or U+FFFD;"
                + " was 'K\\ufffd\\ufffdse'");
  }

  @Test
  void shouldRefuseReservationsOutsideTheBounds() {
    rules.ttl("a", -1, 60_000);
    rules.ttl("b", 60_001, 60_000);
    rules.holder("c", "x".repeat(129));

    assertThat(rules.violations()).extracting(FieldViolation::field).containsExactly("a", "b", "c");
  }

  @Test
  void shouldSayWhatIsAllowedAndWhatWasGiven() {
    rules.id("store", "a\u0000b");
    rules.id("sku", "x".repeat(129));
    rules.idempotencyKey("idempotency_key", "ключ");
    rules.lineQuantity("quantity", -5);

    assertThat(rules.violations())
        .extracting(FieldViolation::description)
        .containsExactly(
            "must be 1 to 128 bytes of UTF-8 without control characters or U+FFFD; was 'a\\u0000b'",
            "must be 1 to 128 bytes of UTF-8 without control characters or U+FFFD; was '"
                + "x".repeat(32)
                + "…' (129 characters)",
            "must be 0 to 128 printable ASCII characters; was 'ключ'",
            "must be 1 to 1000000000000, was -5");
  }

  @ParameterizedTest
  @ValueSource(strings = {" tea", "tea ", "\u00a0tea", "tea\u3000", " "})
  void shouldRefuseIdsWithASpaceAtAnEnd(String id) {
    rules.id("sku", id);

    assertThat(rules.violations())
        .extracting(FieldViolation::description)
        .containsExactly("must not start or end with a space; was '" + id + "'");
  }

  @Test
  void shouldTakeThePrefixOfAnIdWithASpaceAtItsEnd() {
    rules.idPrefix("sku_prefix", "green ");

    assertThat(rules.isValid()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "RECEIVE, 1, true",
    "RECEIVE, -1, false",
    "SALE, -1, true",
    "SALE, 1, false",
    "RETURN, 1, true",
    "RETURN, -1, false",
    "WRITE_OFF, -1, true",
    "WRITE_OFF, 1, false",
    "FOUND, 1, true",
    "FOUND, -1, false",
    "RECOUNT, 1, true",
    "RECOUNT, -1, true",
    "RECOUNT, 0, false"
  })
  void shouldTieTheSignToTheReason(AdjustmentReason reason, long delta, boolean allowed) {
    rules.delta("delta", delta, reason);

    assertThat(rules.isValid()).isEqualTo(allowed);
  }

  @Test
  void shouldRefuseDeltasThatOverflow() {
    rules.delta("delta", Long.MIN_VALUE, AdjustmentReason.SALE);

    assertThat(rules.violations().get(0).description())
        .isEqualTo("must be -1000000000000 to 1000000000000, was -9223372036854775808");
  }

  @Test
  void shouldListTheReasonsWhenOneIsMissing() {
    rules.reason("reason", null);
    rules.reason("reason", AdjustmentReason.SALE);

    assertThat(rules.violations())
        .containsExactly(
            new FieldViolation(
                "reason", "must be one of [RECEIVE, SALE, RETURN, WRITE_OFF, FOUND, RECOUNT]"));
  }

  @Test
  void shouldNameTheFullPath() {
    rules.enter("commands", 3);
    rules.id("store", "");
    rules.enter("lines", 2);
    rules.lineQuantity("quantity", 0);
    rules.leave();
    rules.id("sku", "");
    rules.leave();
    rules.id("page_token", "");

    assertThat(rules.violations())
        .extracting(FieldViolation::field)
        .containsExactly(
            "commands[3].store", "commands[3].lines[2].quantity", "commands[3].sku", "page_token");
  }

  @Test
  void shouldNotNestDeeperThanRequestsDo() {
    rules.enter("a", 0);
    rules.enter("b", 0);

    assertThatThrownBy(() -> rules.enter("c", 0)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "8, 7", "9, 8", "1000, 999"})
  void shouldRefuseLinesOfTheSameSku(int lines, int repeated) {
    rules.lines("lines", lines, i -> i == repeated ? "sku-0" : "sku-" + i);

    assertThat(rules.violations())
        .containsExactly(
            new FieldViolation(
                "lines[" + repeated + "].sku", "must not repeat an earlier line; was 'sku-0'"));
  }

  @ParameterizedTest
  @CsvSource({"0", "1001"})
  void shouldBoundTheNumberOfLines(int lines) {
    rules.lineCount("lines", lines, 1);

    assertThat(rules.violations())
        .containsExactly(new FieldViolation("lines", "must be 1 to 1000, was " + lines));
  }

  @ParameterizedTest
  @CsvSource({"0, 1000, true", "1, 1, true", "10000, 10000, true", "-1, -1, false"})
  void shouldFillInThePageSize(int asked, int used, boolean valid) {
    assertThat(rules.pageSize("page_size", asked)).isEqualTo(used);
    assertThat(rules.isValid()).isEqualTo(valid);
  }

  @Test
  void shouldReportTheFirstViolationsAndCountTheRest() {
    IntStream.range(0, 10_000).forEach(i -> rules.violate("f" + i, "is wrong"));

    List<FieldViolation> violations = rules.violations();

    assertThat(violations).hasSize(17);
    assertThat(violations.get(16).description()).isEqualTo("9984 more violations are not listed");
  }

  @ParameterizedTest
  @CsvSource({"abc-123, true", "'', false", "a\tb, false", "ü, false"})
  void shouldKnowRequestIds(String text, boolean allowed) {
    assertThat(FieldRules.isRequestId(text)).isEqualTo(allowed);
  }

  @Test
  void shouldBoundTheLengthOfRequestIds() {
    assertThat(FieldRules.isRequestId("r".repeat(128))).isTrue();
    assertThat(FieldRules.isRequestId("r".repeat(129))).isFalse();
  }

  @Test
  void shouldAllocateNothingWhileTheRulesAreKept() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    checkAFewThousandCommands();

    long before = threads.getCurrentThreadAllocatedBytes();
    checkAFewThousandCommands();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(10_000); // less than a byte a check
  }

  private void checkAFewThousandCommands() {
    for (int i = 0; i < 5_000; i++) {
      rules.enter("commands", i);
      rules.id("store", "United Kingdom");
      rules.id("sku", "Zürich-42");
      rules.delta("delta", -1, AdjustmentReason.SALE);
      rules.idempotencyKey("idempotency_key", "4f7c2a9e-1b");
      rules.leave();
    }
  }
}
