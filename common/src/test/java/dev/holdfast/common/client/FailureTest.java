package dev.holdfast.common.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FailureTest {

  /** As when a try is given up at the moment at which its answer comes. */
  @Test
  void shouldLeaveOutDetailsThatAreOfAnotherAnswer() {
    Throwable no = Statuses.exception(Statuses.of(Reason.NO_LEADER, "no"));
    Metadata trailers = Objects.requireNonNull(Status.trailersFromThrowable(no));

    Failure failure = Failure.of(Status.DEADLINE_EXCEEDED, trailers, null);

    assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(failure.refusal()).isNull();
    assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.UNKNOWN);
  }
}
