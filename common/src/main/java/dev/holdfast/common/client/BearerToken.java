package dev.holdfast.common.client;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Adds a bearer token to every call. Whoever reads a token can use it, so a call in the clear fails
 * here unless it stays on this machine. No failure tells anything of the token.
 */
final class BearerToken extends CallCredentials implements ClientInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/=-]{1,8192}"); // RFC 6750

  private final Supplier<String> tokens;

  BearerToken(Supplier<String> tokens) {
    this.tokens = tokens;
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return next.newCall(method, options.withCallCredentials(this));
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier result) {
    if (!isPrivate(call)) {
      result.fail(
          refusal(
              "a token is sent over TLS only, or to this machine: give the client the authorities"
                  + " of the nodes' certificates"));
      return;
    }
    String token;
    try {
      token = tokens.get();
    } catch (RuntimeException e) {
      result.fail(refusal("there is no token: " + e.getMessage()));
      return;
    }
    if (!FORM.matcher(token).matches()) {
      result.fail(refusal("the token has characters that no bearer token has, or over 8 KB"));
      return;
    }
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    result.apply(headers);
  }

  private static boolean isPrivate(RequestInfo call) {
    return call.getSecurityLevel() == SecurityLevel.PRIVACY_AND_INTEGRITY
        || (call.getTransportAttrs().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
                instanceof InetSocketAddress peer
            && peer.getAddress() != null
            && peer.getAddress().isLoopbackAddress());
  }

  private static Status refusal(String text) {
    return Status.UNAUTHENTICATED.withDescription(text);
  }
}
