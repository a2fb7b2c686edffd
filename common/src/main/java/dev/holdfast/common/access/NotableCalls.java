package dev.holdfast.common.access;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TextFormat;
import dev.holdfast.common.access.AccessWatch.NotableCall;
import dev.holdfast.common.server.RequestIdInterceptor;
import dev.holdfast.proto.feed.v1.ExportServiceGrpc;
import dev.holdfast.proto.feed.v1.FeedServiceGrpc;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;

/**
 * Tells of calls that need the role admin, when they end, and of those that copy a whole partition,
 * when they begin to. Stands inside {@link RightsInterceptor}: what that refuses never comes here.
 */
final class NotableCalls implements ServerInterceptor {
  private static final Set<String> EXPORTS =
      Set.of(
          ExportServiceGrpc.getOpenExportMethod().getFullMethodName(),
          FeedServiceGrpc.getSubscribeMethod().getFullMethodName());

  private static final int REQUEST_MAX = 512;

  private final AccessWatch watch;

  NotableCalls(AccessWatch watch) {
    this.watch = watch;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    MethodRule<Q> rule = MethodRules.of(call.getMethodDescriptor());
    boolean isExport = EXPORTS.contains(method);
    if (!isExport && !rule.mayNeed(Role.ADMIN)) {
      return next.startCall(call, headers);
    }
    Watched<Q, R> watched = new Watched<>(call, rule, isExport);
    return watched.listener(next.startCall(watched, headers));
  }

  private final class Watched<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final MethodRule<Q> rule;
    private final boolean isExport;
    private final Principal principal = Caller.current().principal();
    private final String requestId = RequestIdInterceptor.current();
    private String request = "";
    private boolean isToBeTold;

    Watched(ServerCall<Q, R> call, MethodRule<Q> rule, boolean isExport) {
      super(call);
      this.rule = rule;
      this.isExport = isExport;
    }

    ServerCall.Listener<Q> listener(ServerCall.Listener<Q> handler) {
      return new SimpleForwardingServerCallListener<>(handler) {
        @Override
        public void onMessage(Q message) {
          asked(message);
          super.onMessage(message);
        }
      };
    }

    private void asked(Q message) {
      isToBeTold = isExport || rule.roleFor(message) == Role.ADMIN;
      if (isToBeTold) {
        request = text(message);
        if (getMethodDescriptor().getType() != MethodType.UNARY) {
          tell(Status.Code.OK); // it may go on for days
        }
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      tell(status.getCode());
      super.close(status, trailers);
    }

    private void tell(Status.Code code) {
      if (isToBeTold) {
        isToBeTold = false;
        watch.made(
            new NotableCall(
                principal,
                RefusedCalls.addressOf(delegate()),
                rule.method(),
                requestId,
                request,
                isExport,
                code));
      }
    }
  }

  private static String text(Object message) {
    String text =
        message instanceof MessageOrBuilder known
            ? TextFormat.printer().emittingSingleLine(true).printToString(known).trim()
            : "";
    return text.length() <= REQUEST_MAX ? text : text.substring(0, REQUEST_MAX);
  }
}
