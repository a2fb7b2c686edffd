package dev.holdfast.aggregator.api.http;

import dev.holdfast.common.server.RequestIds;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Answers what no route ever sees, as a path with a zero byte, with problems as well. */
final class UnreadableRequests extends ErrorHandler {
  private static final String REQUEST_ID = "x-request-id";

  private final JsonMapper json = JsonMapper.shared();
  private final RequestIds ids;

  UnreadableRequests(RequestIds ids) {
    this.ids = ids;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    String id = ids.orNext(request.getHeaders().get(REQUEST_ID));
    String detail = Objects.requireNonNullElse(message, "the request can not be read");
    response.getHeaders().put(REQUEST_ID, id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    byte[] problem = json.writeValueAsBytes(Problem.unreadable(code, detail).json(id));
    response.write(true, ByteBuffer.wrap(problem), callback);
  }
}
