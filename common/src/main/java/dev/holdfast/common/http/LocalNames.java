package dev.holdfast.common.http;

import com.google.common.base.Ascii;
import com.google.common.net.InetAddresses;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers only under addresses and the name localhost. The owner of any other name can let it point
 * to this machine, and a page of that name in a browser here could then read the answers.
 */
final class LocalNames extends Handler.Wrapper {
  private static final int MISDIRECTED = 421;

  LocalNames(Handler others) {
    super(others);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String name = Request.getServerName(request);
    if (Ascii.equalsIgnoreCase(name, "localhost") || InetAddresses.isUriInetAddress(name)) {
      return super.handle(request, response, callback);
    }
    String detail = "without TLS, at a loopback address, a node answers to localhost and addresses";
    Response.writeError(request, response, callback, MISDIRECTED, detail);
    return true;
  }
}
