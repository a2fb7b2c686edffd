package dev.holdfast.common.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of answers, spelled out a second time: whoever changes it changes the contract. */
final class ReasonTest {
  private static final String TABLE =
      """
      UNAUTHENTICATED,        UNAUTHENTICATED,     401, NEVER,         0
      PERMISSION_DENIED,      PERMISSION_DENIED,   403, NEVER,         0
      VALIDATION,             INVALID_ARGUMENT,    400, NEVER,         0
      NOT_FOUND,              NOT_FOUND,           404, NEVER,         0
      ITEM_EXISTS,            ALREADY_EXISTS,      409, NEVER,         0
      RESERVATION_EXISTS,     ALREADY_EXISTS,      409, NEVER,         0
      IDEMPOTENCY_KEY_REUSED, ALREADY_EXISTS,      409, NEVER,         0
      VERSION_CONFLICT,       ABORTED,             409, NEVER,         0
      RESERVATION_CLOSED,     FAILED_PRECONDITION, 409, NEVER,         0
      RESERVATION_EXPIRED,    FAILED_PRECONDITION, 409, NEVER,         0
      INSUFFICIENT_STOCK,     FAILED_PRECONDITION, 422, NEVER,         0
      NOT_HELD,               FAILED_PRECONDITION, 422, NEVER,         0
      LIFETIME_LIMIT,         FAILED_PRECONDITION, 422, NEVER,         0
      QUANTITY_LIMIT,         FAILED_PRECONDITION, 422, NEVER,         0
      ITEM_FROZEN,            FAILED_PRECONDITION, 409, NEVER,         0
      STORE_FROZEN,           FAILED_PRECONDITION, 409, NEVER,         0
      NOT_EMPTY,              FAILED_PRECONDITION, 409, NEVER,         0
      ORDER_TOO_LARGE,        FAILED_PRECONDITION, 422, NEVER,         0
      COUNT_TOO_OLD,          FAILED_PRECONDITION, 422, NEVER,         0
      COUNT_OVERTAKEN,        ABORTED,             409, FREELY,        50
      LOCKED,                 UNAVAILABLE,         503, FREELY,        300
      STALE_TOKEN,            ABORTED,             409, NEVER,         0
      TOO_MANY_LEASES,        RESOURCE_EXHAUSTED,  429, FREELY,        1000
      LOCKS_DISABLED,         FAILED_PRECONDITION, 409, NEVER,         0
      TRANSFER_EXISTS,        ALREADY_EXISTS,      409, NEVER,         0
      TRANSFER_CLOSED,        FAILED_PRECONDITION, 409, NEVER,         0
      NOT_OUTSTANDING,        FAILED_PRECONDITION, 422, NEVER,         0
      HANDOVER_OUT_OF_ORDER,  ABORTED,             409, NEVER,         0
      NEEDS_NEWER_BUILD,      FAILED_PRECONDITION, 409, NEVER,         0
      OVERLOADED,             UNAVAILABLE,         503, FREELY,        100
      READ_ONLY,              UNAVAILABLE,         503, FREELY,        5000
      NO_LEADER,              UNAVAILABLE,         503, FREELY,        200
      OUTCOME_UNKNOWN,        UNAVAILABLE,         503, WITH_SAME_KEY, 0
      STALE,                  UNAVAILABLE,         503, FREELY,        100
      SYNC_STOPPED,           FAILED_PRECONDITION, 409, NEVER,         0
      HISTORY_OFF,            FAILED_PRECONDITION, 409, NEVER,         0
      HISTORY_TRUNCATED,      OUT_OF_RANGE,        410, NEVER,         0
      AHEAD_OF_LOG,           OUT_OF_RANGE,        416, FREELY,        200
      """;

  @ParameterizedTest
  @CsvSource(textBlock = TABLE)
  void shouldKeepTheTable(
      Reason reason, Status.Code code, int http, Retry retry, long delayMillis) {
    assertThat(reason.grpcCode()).isEqualTo(code);
    assertThat(reason.httpStatus()).isEqualTo(http);
    assertThat(reason.retry()).isEqualTo(retry);
    assertThat(reason.retryDelay().toMillis()).isEqualTo(delayMillis);
  }

  @Test
  void shouldHaveEveryReasonInTheTable() {
    assertThat(TABLE.lines().map(line -> line.substring(0, line.indexOf(','))))
        .containsExactlyElementsOf(Arrays.stream(Reason.values()).map(Enum::name).toList());
  }

  @Test
  void shouldFindReasonsByName() {
    assertThat(Reason.byName("NO_LEADER")).isEqualTo(Reason.NO_LEADER);
    assertThat(Reason.byName("NOT_YET_INVENTED")).isNull();
  }
}
