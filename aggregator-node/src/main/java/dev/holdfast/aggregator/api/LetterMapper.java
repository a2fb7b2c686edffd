package dev.holdfast.aggregator.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.aggregator.deadletter.DeadLetter;
import dev.holdfast.aggregator.deadletter.EventPlace;
import dev.holdfast.aggregator.deadletter.LetterId;
import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.aggregator.v1.DiscardDeadLetterRequest;
import dev.holdfast.proto.aggregator.v1.ListDeadLettersRequest;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks requests on dead letters, and reads what they ask for. Refuses with VALIDATION. */
final class LetterMapper {
  private static final int PAGE_SIZE_DEFAULT = 100;
  private static final int PAGE_SIZE_MAX = 1_000;
  private static final int REASON_BYTES_MAX = 256;
  private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,18})(-.*)?");

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
    int size =
        RequestChecks.pageSize(rules, request.getPageSize(), PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX);
    rules.optionalId("sku", request.getSku());
    LetterId after = after(rules, request.getPageToken());
    RequestChecks.refuseInvalid(rules);
    return new Page(after, size, request.getSku(), request.getIncludeDiscarded());
  }

  private static @Nullable LetterId after(FieldRules rules, String token) {
    LetterId after = token.isEmpty() ? null : LetterToken.parse(token);
    if (after == null && !token.isEmpty()) {
      rules.violate("page_token", "must be empty or the next_page_token of the page before");
    }
    return after;
  }

  /**
   * The event of a letter, by the letter's id. Stores and SKUs may hold dashes, so that the rest of
   * the id has to be looked up among the letters of the event.
   */
  static EventPlace eventOf(String id) {
    FieldRules rules = new FieldRules();
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      rules.violate("id", "must be as in the list, for example 0-4711-berlin-SKU1 or 0-4711");
    }
    RequestChecks.refuseInvalid(rules);
    return new EventPlace(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
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
    RequestChecks.refuseInvalid(rules);
    return reason;
  }
}
