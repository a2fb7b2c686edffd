package dev.holdfast.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.proto.feed.v1.WatchMessage;
import dev.holdfast.proto.feed.v1.WatchRequest;
import dev.holdfast.proto.feed.v1.WatchServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenStreamsTest {
  private static final MethodDescriptor<WatchRequest, WatchMessage> WATCH =
      WatchServiceGrpc.getWatchMethod();

  private final OpenStreams streams = new OpenStreams();
  private final List<Status> ended = new ArrayList<>();

  /** As one that was ended for bytes that nobody can parse, and whose caller reads nothing. */
  @Test
  void shouldEndTheOthersWhenOneCannotBeEnded() {
    for (int i = 0; i < 10; i++) {
      open(false);
      open(true);
    }

    streams.check();

    assertThat(ended)
        .hasSize(10)
        .allMatch(status -> status.getCode() == Status.Code.UNAUTHENTICATED);
  }

  /** Opens a stream whose caller is not believed any more. */
  private void open(boolean isClosed) {
    Caller caller =
        new Caller(
            Principal.parse("issuer|8f3a").orElseThrow(),
            principal -> Rights.NONE,
            Rights.NONE,
            () -> "the token has expired");
    var stream = new OpenStream<>(new Call(isClosed), MethodRules.of(WATCH), caller);
    streams
        .watched(stream, new ServerCall.Listener<WatchRequest>() {})
        .onMessage(WatchRequest.getDefaultInstance());
  }

  private final class Call extends ServerCall<WatchRequest, WatchMessage> {
    private final boolean isClosed;

    Call(boolean isClosed) {
      this.isClosed = isClosed;
    }

    @Override
    public void request(int count) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(WatchMessage message) {}

    @Override
    public void close(Status status, Metadata trailers) {
      if (isClosed) {
        throw new IllegalStateException("call already closed");
      }
      ended.add(status);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<WatchRequest, WatchMessage> getMethodDescriptor() {
      return WATCH;
    }
  }
}
