package dev.holdfast.common.access;

import dev.holdfast.common.access.Identity.Known;
import dev.holdfast.common.access.Identity.Unknown;
import dev.holdfast.common.server.RequestIdInterceptor;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;

/**
 * Lets a call begin once it is known who makes it, and whether its rights can be enough. Refuses
 * before anything of the request is parsed. Stands inside {@link RequestIdInterceptor}.
 */
final class AuthenticationInterceptor extends ServerTransportFilter implements ServerInterceptor {
  private static final Attributes.Key<Identity> SHOWN = Attributes.Key.create("holdfast-identity");
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> FORWARDED =
      Metadata.Key.of("x-holdfast-forwarded", Metadata.ASCII_STRING_MARSHALLER);

  private final Authentication authentication;
  private final RefusedCalls refused;

  AuthenticationInterceptor(Authentication authentication, RefusedCalls refused) {
    this.authentication = authentication;
    this.refused = refused;
  }

  /** Reads the certificate once, for all calls of a connection. */
  @Override
  public Attributes transportReady(Attributes connection) {
    Identity shown = authentication.of(connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
    return OpenRequests.count(connection.toBuilder()).set(SHOWN, shown).build();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    MethodRule<?> rule = MethodRules.of(call.getMethodDescriptor().getFullMethodName());
    if (rule == null) {
      return refused.close(call, null, new Refusal(Reason.PERMISSION_DENIED, "nobody may call it"));
    }
    if (rule.isOpen()) {
      return OpenRequests.begin(call, headers, next);
    }
    Identity shown = shown(call);
    Entry<Q, R> entry = new Entry<>(rule, call, headers, next);
    if (headers.containsKey(FORWARDED) || PassedOn.isIn(headers)) {
      Identity passedOn = ofPassedOn(shown, headers);
      return passedOn instanceof Unknown unknown
          ? refused.close(call, shown.callerOrNull(), unknown.refusal()) // whoever made them up
          : entry.begin(passedOn);
    }
    String authorization = headers.get(AUTHORIZATION);
    return authorization == null ? entry.begin(shown) : entry.beginWithToken(authorization);
  }

  private static Identity shown(ServerCall<?, ?> call) {
    Identity shown = call.getAttributes().get(SHOWN);
    if (shown == null) {
      throw new IllegalStateException("the connection did not pass this filter");
    }
    return shown;
  }

  private Identity ofPassedOn(Identity shown, Metadata headers) {
    Caller connection = shown.callerOrNull();
    if (connection == null || connection.lapse() != null) {
      return shown;
    }
    try {
      return authentication.ofPassedOn(connection, PassedOn.of(headers));
    } catch (IllegalArgumentException e) {
      return Unknown.because("the headers of a call that is passed on: " + e.getMessage());
    }
  }

  /** A call before it begins. */
  private final class Entry<Q, R> {
    private final MethodRule<?> rule;
    private final ServerCall<Q, R> call;
    private final Metadata headers;
    private final ServerCallHandler<Q, R> next;

    Entry(
        MethodRule<?> rule, ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      this.rule = rule;
      this.call = call;
      this.headers = headers;
      this.next = next;
    }

    ServerCall.Listener<Q> begin(Identity identity) {
      if (!(identity instanceof Known known)) {
        return refused.close(call, null, ((Unknown) identity).refusal());
      }
      Caller caller = known.caller();
      String lapse = caller.lapse();
      if (lapse != null) {
        return refused.close(call, caller, Unknown.because(lapse).refusal());
      }
      RequestIdInterceptor.identify(caller.principal().text());
      Refusal refusal = rule.refusal(caller);
      return refusal == null
          ? Contexts.interceptCall(caller.in(Context.current()), call, headers, next)
          : refused.close(call, caller, refusal);
    }

    /** Begins on this thread if the token is known, else on that which verified it. */
    ServerCall.Listener<Q> beginWithToken(String authorization) {
      TokenEntry<Q> waiting = new TokenEntry<>(call, this::begin);
      authentication.ofToken(authorization, RefusedCalls.addressOf(call), waiting);
      return waiting.listener();
    }
  }
}
