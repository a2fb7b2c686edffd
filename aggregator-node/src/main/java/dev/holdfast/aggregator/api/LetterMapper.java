package dev.holdfast.aggregator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.common.status.Statuses;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks requests on dead letters, and reads what they ask for. Refuses with VALIDATION. */
final class LetterMapper {
  private static final int PAGE_SIZE_DEFAULT = 100;
  private static final int PAGE_SIZE_MAX = 1_000;
  private static final int REASON_BYTES_MAX = 256;

  private LetterMapper() {}

  /**
   * One page.
   *
   * @param after null: from the first
   */
  record Page(@Nullable LetterId after, int size, String sku, boolean withDiscarded) {
    Predicate<DeadLetter> wanted() {
      return letter ->
          (withDiscarded || letter.isOpen())
              && (sku.isEmpty() || letter.id().item().sku().equals(sku));
    }
  }

  static Page page(ListDeadLettersRequest request) {
    FieldRules rules = new FieldRules();
    int size = request.getPageSize() == 0 ? PAGE_SIZE_DEFAULT : request.getPageSize();
    if (size < 1 || size > PAGE_SIZE_MAX) {
      rules.violate("page_size", "must be 0 to " + PAGE_SIZE_MAX);
    }
    rules.optionalId("sku", request.getSku());
    LetterId after = after(rules, request.getPageToken());
    refuseInvalid(rules);
    return new Page(after, size, request.getSku(), request.getIncludeDiscarded());
  }

  private static @Nullable LetterId after(FieldRules rules, String token) {
    LetterId after = token.isEmpty() ? null : LetterToken.parse(token);
    if (after == null && !token.isEmpty()) {
      rules.violate("page_token", "must be empty or the next_page_token of the page before");
    }
    return after;
  }

  /** What may be the id of a letter; whether there is one is another matter. */
  static String id(String text) {
    FieldRules rules = new FieldRules();
    if (!LetterIds.isId(text)) {
      rules.violate("id", "must be as in the list, for example 0-4711-berlin-SKU1 or 0-4711");
    }
    refuseInvalid(rules);
    return text;
  }

  static String discardReason(DiscardDeadLetterRequest request) {
    FieldRules rules = new FieldRules();
    String reason = request.getReason();
    int bytes = reason.getBytes(UTF_8).length;
    if (bytes < 1
        || bytes > REASON_BYTES_MAX
        || reason.codePoints().anyMatch(Character::isISOControl)) {
      String rule = "must be 1 to %d bytes without control characters: one line";
      rules.violate("reason", rule.formatted(REASON_BYTES_MAX));
    }
    refuseInvalid(rules);
    return reason;
  }

  private static void refuseInvalid(FieldRules rules) {
    if (!rules.isValid()) {
      throw Statuses.exception(Statuses.invalid(rules.violations()));
    }
  }
}
