package dev.holdfast.common.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.holdfast.common.limits.FieldViolation;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StatusesTest {
  @ParameterizedTest
  @EnumSource(Reason.class)
  void shouldReadBackEveryReason(Reason reason) {
    Refusal refusal = new Refusal(reason, "why", Map.of("store", "berlin"));

    StatusRuntimeException failure = Statuses.exception(refusal);

    assertThat(failure.getStatus().getCode()).isEqualTo(reason.grpcCode());
    assertThat(failure.getStatus().getDescription()).isEqualTo("why");
    assertThat(StatusReader.reasonOf(failure)).isEqualTo(reason);
    assertThat(StatusReader.refusalOf(failure)).isEqualTo(refusal);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void shouldInviteToRetryOnlyWhereNothingWasTried(Reason reason) {
    Status status = Statuses.of(reason, "why");

    if (reason.retry() == Retry.FREELY) {
      assertThat(StatusReader.retryDelayOf(status)).isEqualTo(reason.retryDelay()).isPositive();
    } else {
      assertThat(StatusReader.retryDelayOf(status)).isNull();
    }
  }

  @Test
  void shouldListTheMalformedFields() {
    List<FieldViolation> violations =
        List.of(
            new FieldViolation("store", "must be 1 to 64 bytes"),
            new FieldViolation("lines[0].quantity", "must be positive"));

    Status status = Statuses.invalid(violations);

    assertThat(StatusReader.reasonOf(status)).isEqualTo(Reason.VALIDATION);
    assertThat(StatusReader.violationsOf(status)).isEqualTo(violations);
    assertThat(status.getMessage()).isEqualTo("store: must be 1 to 64 bytes (and 1 more)");
  }

  @Test
  void shouldNotCallAFaultlessRequestInvalid() {
    assertThatThrownBy(() -> Statuses.invalid(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldNotPayForAStackTrace() {
    assertThat(Statuses.exception(Statuses.of(Reason.NO_LEADER, "why")).getStackTrace()).isEmpty();
  }

  @Test
  void shouldFindTheStatusBehindACause() {
    Exception wrapped =
        new IllegalStateException(Statuses.exception(Statuses.of(Reason.STALE, "why")));

    assertThat(StatusReader.reasonOf(wrapped)).isEqualTo(Reason.STALE);
  }

  @Test
  void shouldNotReadAReasonIntoWhatIsNotOurs() {
    ErrorInfo foreign =
        ErrorInfo.newBuilder().setDomain("example.com").setReason("NO_LEADER").build();
    Status status = Status.newBuilder().setCode(14).addDetails(Any.pack(foreign)).build();

    assertThat(StatusReader.reasonOf(status)).isNull();
    assertThat(StatusReader.reasonOf(new IllegalStateException("boom"))).isNull();
    assertThat(StatusReader.reasonOf(io.grpc.Status.UNAVAILABLE.asRuntimeException())).isNull();
  }

  @Test
  void shouldTakeAGarbledDetailForNone() {
    Any good = Statuses.of(Reason.NO_LEADER, "why").getDetails(0);
    Any garbled = good.toBuilder().setValue(ByteString.copyFromUtf8("\n\u007f")).build();
    Status status = Status.newBuilder().setCode(14).addDetails(garbled).build();

    assertThat(StatusReader.reasonOf(status)).isNull();
  }

  @Test
  void shouldKeepTheDetailsInTheTrailers() {
    StatusRuntimeException failure = Statuses.exception(Statuses.of(Reason.NO_LEADER, "why"));

    Metadata trailers = failure.getTrailers();

    assertThat(trailers).isNotNull();
    assertThat(StatusProto.fromStatusAndTrailers(failure.getStatus(), trailers).getDetailsList())
        .hasSize(2);
  }
}
