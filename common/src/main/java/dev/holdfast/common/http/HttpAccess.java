package dev.holdfast.common.http;

import dev.holdfast.common.access.Access;
import dev.holdfast.common.access.AccessWatch.RefusedCall;
import dev.holdfast.common.access.Caller;
import dev.holdfast.common.access.Principal;
import dev.holdfast.common.access.Role;
import dev.holdfast.common.status.Reason;
import dev.holdfast.common.status.Refusal;
import dev.holdfast.common.tls.CertificateName;
import dev.holdfast.common.tls.TlsIdentity;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests through when it is known who makes them. Metrics are for scrapers, health is for
 * all; what else there is asks for the rights of the {@link #CALLER} itself.
 */
public final class HttpAccess extends Handler.Wrapper {
  /** Attribute of a request: who makes it. */
  public static final String CALLER = "dev.holdfast.caller";

  /** Also on a connection that was made before, or by a TLS session that was resumed. */
  private static final Refusal REVOKED =
      new Refusal(Reason.UNAUTHENTICATED, "the certificate is revoked");

  private final TlsIdentity identity;
  private final Access access;

  HttpAccess(TlsIdentity identity, Access access, Handler others) {
    super(others);
    this.identity = identity;
    this.access = access;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    List<X509Certificate> shown = HttpTls.certificates(request);
    X509Certificate own = shown.isEmpty() ? null : shown.get(0);
    Entry entry = new Entry(request, response, callback);
    if (own != null && shown.stream().anyMatch(identity::isRevoked)) {
      entry.refuse(CertificateName.of(own).map(Principal::of).orElse(null), REVOKED);
      return true;
    }
    if (access.isOpen() || HealthAndMetrics.isHealth(request)) {
      return super.handle(request, response, callback);
    }
    String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    access.identify(own, authorization, Request.getRemoteAddr(request), entry);
    return true;
  }

  /** A request before it is known who makes it. */
  private final class Entry implements Access.Entrance {
    private final Thread first = Thread.currentThread();
    private final Request request;
    private final Response response;
    private final Callback callback;

    Entry(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    /** On a thread for requests: handlers may wait, which those that verify tokens must not. */
    @Override
    public void enter(Caller caller) {
      if (Thread.currentThread().equals(first)) {
        handle(caller);
      } else {
        Executor threads = request.getComponents().getExecutor();
        threads.execute(() -> handle(caller));
      }
    }

    private void handle(Caller caller) {
      try {
        if (HealthAndMetrics.isMetrics(request) && !caller.has(Role.SCRAPER)) {
          refuse(caller.principal(), noScraper(caller));
          return;
        }
        request.setAttribute(CALLER, caller);
        if (!HttpAccess.super.handle(request, response, callback)) {
          Response.writeError(request, response, callback, 404);
        }
      } catch (Exception e) {
        Response.writeError(request, response, callback, e);
      }
    }

    private static Refusal noScraper(Caller caller) {
      String role = Role.SCRAPER.text();
      return new Refusal(
          Reason.PERMISSION_DENIED,
          "%s needs the role %s".formatted(caller, role),
          Map.of(Refusal.ROLE, role));
    }

    @Override
    public void refuse(Refusal refusal) {
      refuse(null, refusal);
    }

    private void refuse(@Nullable Principal principal, Refusal refusal) {
      access.refused(
          new RefusedCall(
              principal,
              Request.getRemoteAddr(request),
              request.getMethod() + " " + Request.getPathInContext(request),
              Objects.requireNonNullElse(request.getHeaders().get(HealthAndMetrics.REQUEST_ID), ""),
              refusal));
      if (refusal.reason() == Reason.UNAUTHENTICATED) {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      }
      Response.writeError(
          request, response, callback, refusal.reason().httpStatus(), refusal.message());
    }
  }
}
