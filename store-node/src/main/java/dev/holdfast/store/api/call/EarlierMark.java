package dev.holdfast.store.api.call;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.holdfast.common.domain.Reservation;
import dev.holdfast.common.server.AnswerHeaders;
import dev.holdfast.common.server.RequestIdInterceptor;
import dev.holdfast.proto.inventory.v1.EarlierAnswer;
import dev.holdfast.store.commit.Earlier;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/** Marks the answer to a call whose idempotency key was answered before. One a call. */
public final class EarlierMark {
  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-earlier-answer", Metadata.ASCII_STRING_MARSHALLER);

  private static final String FIELD = "earlier";

  private final AnswerHeaders headers = RequestIdInterceptor.answerHeaders();

  public static EarlierAnswer of(Earlier earlier) {
    EarlierAnswer.Builder answer =
        EarlierAnswer.newBuilder().setDecidedMillis(earlier.decidedMillis());
    Reservation now = earlier.reservationNow();
    if (now != null) {
      answer.setReservationNow(ReservationStates.of(now.state()));
    }
    return answer.build();
  }

  /** In the header, whatever the answer is. */
  void onHeaders(Earlier earlier) {
    headers.put(HEADER, Long.toString(earlier.decidedMillis()));
  }

  /** Takes the leader's header along to the caller of the current thread. */
  static final class Relay implements ClientInterceptor {
    private final AnswerHeaders headers = RequestIdInterceptor.answerHeaders();

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<R> listener, Metadata sent) {
          super.start(new Listening<>(listener, headers), sent);
        }
      };
    }
  }

  private static final class Listening<R> extends SimpleForwardingClientCallListener<R> {
    private final AnswerHeaders headers;

    Listening(ClientCall.Listener<R> listener, AnswerHeaders headers) {
      super(listener);
      this.headers = headers;
    }

    @Override
    public void onHeaders(Metadata received) {
      String decided = received.get(HEADER);
      if (decided != null) {
        headers.put(HEADER, decided);
      }
      super.onHeaders(received);
    }
  }

  /** In the message too, which has a field for it: one place instead of one a kind of answer. */
  static <R> R marked(R response, Earlier earlier) {
    if (!(response instanceof Message message)) {
      return response;
    }
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(FIELD);
    if (field == null) {
      return response;
    }
    @SuppressWarnings("unchecked") // built from a message of this type
    R marked = (R) message.toBuilder().setField(field, of(earlier)).build();
    return marked;
  }
}
