package dev.holdfast.common.server;

import dev.holdfast.common.server.ReadableRequests.Request;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call as its handler sees it: only with messages that could be parsed. */
final class ReadableCall<Q, R> extends ServerCall<Q, R> {
  private final ServerCall<Request<Q>, R> call;
  private final MethodDescriptor<Q, R> method;

  ReadableCall(ServerCall<Request<Q>, R> call, MethodDescriptor<Q, R> method) {
    this.call = call;
    this.method = method;
  }

  /** Ends the call at bytes that cannot be parsed, of which the handler learns nothing. */
  ServerCall.Listener<Request<Q>> listener(ServerCall.Listener<Q> handler) {
    return new ServerCall.Listener<>() {
      private boolean refused;

      @Override
      public void onMessage(Request<Q> request) {
        Q message = request.message();
        if (message != null) {
          handler.onMessage(message);
        } else if (!refused) {
          refused = true;
          StatusRuntimeException malformed = ReadableRequests.malformed(method);
          call.close(
              malformed.getStatus(),
              Objects.requireNonNullElseGet(malformed.getTrailers(), Metadata::new));
        }
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          handler.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        handler.onCancel();
      }

      @Override
      public void onComplete() {
        handler.onComplete();
      }

      @Override
      public void onReady() {
        if (!refused) {
          handler.onReady();
        }
      }
    };
  }

  @Override
  public void request(int count) {
    call.request(count);
  }

  @Override
  public void sendHeaders(Metadata headers) {
    call.sendHeaders(headers);
  }

  @Override
  public void sendMessage(R message) {
    call.sendMessage(message);
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void setOnReadyThreshold(int bytes) {
    call.setOnReadyThreshold(bytes);
  }

  @Override
  public void close(Status status, Metadata trailers) {
    call.close(status, trailers);
  }

  @Override
  public boolean isCancelled() {
    return call.isCancelled();
  }

  @Override
  public void setMessageCompression(boolean enabled) {
    call.setMessageCompression(enabled);
  }

  @Override
  public void setCompression(String compressor) {
    call.setCompression(compressor);
  }

  @Override
  public SecurityLevel getSecurityLevel() {
    return call.getSecurityLevel();
  }

  @Override
  public Attributes getAttributes() {
    return call.getAttributes();
  }

  @Override
  public @Nullable String getAuthority() {
    return call.getAuthority();
  }

  @Override
  public MethodDescriptor<Q, R> getMethodDescriptor() {
    return method;
  }
}
