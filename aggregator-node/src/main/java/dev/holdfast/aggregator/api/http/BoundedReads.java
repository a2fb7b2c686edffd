package dev.holdfast.aggregator.api.http;

import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Bounds the requests that hold a thread, from their first step until the caller has read the
 * answer. One more is refused at once: it would only wait where nobody counts.
 */
final class BoundedReads extends Handler.Wrapper {
  private static final int UNAVAILABLE = 503;

  private final Semaphore room;

  BoundedReads(int most) {
    room = new Semaphore(most);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!room.tryAcquire()) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
      String detail = "as many requests as this node serves over HTTP at a time are under way";
      Response.writeError(request, response, callback, UNAVAILABLE, detail);
      return true;
    }
    Request.addCompletionListener(request, failure -> room.release());
    return super.handle(request, response, callback);
  }
}
