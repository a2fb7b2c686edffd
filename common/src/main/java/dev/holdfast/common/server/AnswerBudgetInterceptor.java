package dev.holdfast.common.server;

import dev.holdfast.common.server.AnswerBudget.Share;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Statuses;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends answers as far as the budget allows. */
final class AnswerBudgetInterceptor extends ServerTransportFilter implements ServerInterceptor {
  private static final Attributes.Key<Share> SHARE = Attributes.Key.create("holdfast-answer-share");

  private final AnswerBudget budget;

  AnswerBudgetInterceptor(AnswerBudget budget) {
    this.budget = budget;
  }

  @Override
  public Attributes transportReady(Attributes connection) {
    return connection.toBuilder().set(SHARE, budget.ofConnection()).build();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    @Nullable Share share = call.getAttributes().get(SHARE);
    if (share == null) {
      throw new IllegalStateException("the connection did not pass this filter");
    }
    if (MethodKinds.isPage(call.getMethodDescriptor()) && !share.tryEnterPage()) {
      return refuse(call);
    }
    BudgetedCall<Q, R> budgeted = new BudgetedCall<>(call, budget, share);
    return budgeted.listener(next.startCall(budgeted, headers));
  }

  private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call) {
    StatusRuntimeException many =
        Statuses.exception(
            Statuses.of(
                Reason.OVERLOADED,
                "as many pages as one connection may ask for at a time are under way on this one"));
    call.close(many.getStatus(), Objects.requireNonNullElseGet(many.getTrailers(), Metadata::new));
    return new ServerCall.Listener<>() {};
  }
}
