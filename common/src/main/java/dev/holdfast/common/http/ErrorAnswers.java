package dev.holdfast.common.http;

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

/**
 * Answers requests that reach no route, such as a path with a zero byte, with problem details as
 * well.
 */
public final class ErrorAnswers extends ErrorHandler {
  private final JsonMapper json = JsonMapper.shared();
  private final RequestIds ids;
  private final boolean secured;

  public ErrorAnswers(RequestIds ids, HttpBinding binding) {
    this.ids = ids;
    this.secured = binding.security().identity() != null;
  }

  /** Writes an error page for every method. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    String id = ids.orNext(request.getHeaders().get(HealthAndMetrics.REQUEST_ID));
    String detail = Objects.requireNonNullElse(message, "the request cannot be read");
    BrowserHeaders.addTo(response.getHeaders(), secured);
    response.getHeaders().put(HealthAndMetrics.REQUEST_ID, id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, HttpProblems.CONTENT_TYPE);
    byte[] problem =
        json.writeValueAsBytes(HttpProblems.json(code, HttpProblems.reason(code), detail, id));
    response.write(true, ByteBuffer.wrap(problem), callback);
  }
}
