package dev.holdfast.aggregator.attempts;

import dev.holdfast.aggregator.attempts.SecuredSite.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Attempts by HTTP. */
final class HttpRequests extends Rows {
  HttpRequests(SecuredSite site) {
    super(site);
  }

  @Override
  List<Attempt> all() {
    return Stream.of(http(), paths()).flatMap(List::stream).toList();
  }

  private List<Attempt> http() {
    List<Attempt> rows = new ArrayList<>();
    for (Port port : List.of(Port.NODE_HTTP, Port.AGGREGATOR_HTTP)) {
      rows.add(request(port, NOBODY, "GET /metrics", "HTTP 401"));
      rows.add(request(port, "bea", "GET /metrics", "HTTP 403"));
      rows.add(request(port, "other cluster", "GET /metrics", "HTTP 401"));
      rows.add(request(port, "bea", "GET /", "HTTP 404"));
      rows.add(request(port, "bea", "TRACE /api/health", "HTTP 405"));
      rows.add(request(port, "root", "POST /api/health", "HTTP 405"));
    }
    rows.add(request(Port.AGGREGATOR_HTTP, NOBODY, "GET /api/global/mug", "HTTP 401"));
    rows.add(request(Port.AGGREGATOR_HTTP, "bea", "GET /api/sync/status", "HTTP 403"));
    rows.add(request(Port.AGGREGATOR_HTTP, "bea", "GET /api/global/cup", "HTTP 404"));
    rows.add(
        request(Port.AGGREGATOR_HTTP, "bea", "GET /api/history?store=paris&sku=mug", "HTTP 403"));
    rows.add(
        request(Port.AGGREGATOR_HTTP, "bea", "GET /api/history?store=%70aris&sku=mug", "HTTP 403"));
    rows.add(
        request(
            Port.AGGREGATOR_HTTP,
            "bea",
            "GET /api/history?store=berlin&store=paris&sku=mug",
            "HTTP 400"));
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      rows.add(request(Port.AGGREGATOR_HTTP, "root", method + " /api/global/mug", "HTTP 405"));
    }
    rows.add(
        withHeader(
            "root's name, by nobody", NOBODY, "X-Holdfast-Principal: user/root", "HTTP 401"));
    rows.add(
        withHeader("root's name, by bea", "bea", "X-Holdfast-Principal: user/root", "HTTP 403"));
    rows.add(
        withHeader(
            "a proxy's word",
            NOBODY,
            "X-Forwarded-Client-Cert: URI=spiffe://shop/user/root",
            "HTTP 401"));
    rows.add(withHeader("another address", NOBODY, "X-Forwarded-For: 127.0.0.1", "HTTP 401"));
    rows.add(withHeader("another method", "bea", "X-HTTP-Method-Override: DELETE", "HTTP 403"));
    rows.add(
        withHeader(
            "another address of the path", "bea", "X-Original-URL: /api/health", "HTTP 403"));
    return rows;
  }

  private Attempt request(Port port, String who, String line, String ending) {
    String by = who.isEmpty() ? "nobody" : who;
    return attempt(
        "%s by %s".formatted(line, by),
        port,
        ending,
        () -> ways.http(port, who, TLS_1_3, line + " HTTP/1.1"));
  }

  private Attempt withHeader(String what, String who, String header, String ending) {
    return attempt(
        "metrics with " + what, Port.AGGREGATOR_HTTP, ending, () -> get(who, "/metrics", header));
  }

  /** Ways round to what bea may not have, and to what nobody may. */
  private List<Attempt> paths() {
    Map<String, String> endings = new LinkedHashMap<>();
    endings.put("/api/../metrics", "HTTP 403");
    endings.put("/api/health/../../metrics", "HTTP 403");
    endings.put("/api/%2e%2e/metrics", "HTTP 400");
    endings.put("/api/health/..;/..;/metrics", "HTTP 400");
    endings.put("/api/health;/../metrics", "HTTP 403");
    endings.put("//metrics", "HTTP 400");
    endings.put("/metrics/", "HTTP 404");
    endings.put("/METRICS", "HTTP 404");
    endings.put("/metrics%00", "HTTP 400");
    endings.put("/%6detrics", "HTTP 403");
    endings.put("/../../etc/passwd", "HTTP 400");
    endings.put("/%2e%2e/%2e%2e/etc/passwd", "HTTP 400");
    endings.put("/etc/passwd", "HTTP 404");
    endings.put("http://elsewhere/metrics", "HTTP 400");
    endings.put("/metrics HTTP/1.1 X", "HTTP 400");
    List<Attempt> rows = new ArrayList<>();
    for (String path : List.of("/api/health/..%2f..%2fmetrics", "/..%5c..%5cetc/passwd")) {
      rows.add(request(Port.AGGREGATOR_HTTP, "bea", "GET " + path, "HTTP 404"));
      rows.add(request(Port.NODE_HTTP, "bea", "GET " + path, "HTTP 400"));
    }
    endings.forEach(
        (path, ending) -> {
          rows.add(request(Port.AGGREGATOR_HTTP, "bea", "GET " + path, ending));
          rows.add(request(Port.NODE_HTTP, "bea", "GET " + path, ending));
        });
    return rows;
  }
}
