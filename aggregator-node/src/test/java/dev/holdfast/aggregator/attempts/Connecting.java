package dev.holdfast.aggregator.attempts;

import dev.holdfast.aggregator.attempts.SecuredSite.Port;
import dev.holdfast.common.config.ConfigException;
import io.grpc.Channel;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Attempts to get a connection, and to get more out of one than it may carry. */
final class Connecting extends Rows {
  private static final String TLS_1_2 = "TLSv1.2";
  private static final String GRPC_IN_THE_CLEAR = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final Map<Port, List<Socket>> halfOpen = new HashMap<>();

  /** Opens at once what is closed after some seconds. */
  Connecting(SecuredSite site) throws IOException {
    super(site);
    String half = "\u0016\u0003\u0001\u0002";
    for (Port port : Port.values()) {
      halfOpen.put(port, List.of(ways.open(port, ""), ways.open(port, half)));
    }
  }

  @Override
  List<Attempt> all() {
    return Stream.of(connections(), raft(), oversize(), starts(), handshakes())
        .flatMap(List::stream)
        .toList();
  }

  private List<Attempt> connections() {
    List<Attempt> rows = new ArrayList<>();
    for (Port port : Port.values()) {
      String clear =
          port.isHttp() ? "GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n" : GRPC_IN_THE_CLEAR;
      rows.add(attempt("plaintext", port, CLOSED, () -> ways.plain(port, clear)));
      rows.add(
          attempt("garbage", port, CLOSED, () -> ways.plain(port, "\u0000\u0001garbage\r\n\r\n")));
      rows.add(attempt("TLS 1.2", port, CLOSED, () -> ways.enter(port, "node-a", TLS_1_2)));
      for (String who : List.of("other authority", "expired", "revoked")) {
        String shown = port == Port.RAFT ? who + "'s node" : who;
        rows.add(
            attempt("certificate: " + shown, port, CLOSED, () -> ways.enter(port, shown, TLS_1_3)));
      }
    }
    return rows;
  }

  /** They are closed after some seconds, and so the last rows. */
  private List<Attempt> handshakes() {
    List<Attempt> rows = new ArrayList<>();
    for (Port port : Port.values()) {
      rows.add(attempt("silence", port, CLOSED, () -> Ways.end(halfOpen(port, 0))));
      rows.add(attempt("half a handshake", port, CLOSED, () -> Ways.end(halfOpen(port, 1))));
    }
    return rows;
  }

  private Socket halfOpen(Port port, int number) {
    return halfOpen.getOrDefault(port, List.of()).get(number);
  }

  private List<Attempt> raft() {
    List<Attempt> rows = new ArrayList<>();
    rows.add(
        attempt("no certificate", Port.RAFT, CLOSED, () -> ways.enter(Port.RAFT, NOBODY, TLS_1_3)));
    for (String who :
        List.of("bea", "root", "service", "aggregator", "node-z", "other cluster's node")) {
      rows.add(
          attempt(
              "certificate: " + who,
              Port.RAFT,
              "PERMISSION_DENIED",
              () -> call(Port.RAFT, who, Map.of(), Connecting::exchange)));
    }
    return rows;
  }

  /** The one method of the Raft port. */
  private static Object exchange(Channel channel) {
    return unary(channel, "holdfast.raft.v1.RaftStreams/Exchange", new byte[] {1});
  }

  private List<Attempt> oversize() {
    List<Attempt> rows = new ArrayList<>();
    String large = "x".repeat(17 << 10);
    for (Port port : List.of(Port.NODE, Port.AGGREGATOR, Port.RAFT)) {
      String who = port == Port.RAFT ? "node-a" : "root";
      rows.add(
          attempt(
              "headers of 17 KiB",
              port,
              "INTERNAL",
              () ->
                  call(
                      port,
                      who,
                      Map.of("x-large", large),
                      port == Port.RAFT ? Connecting::exchange : Rows::whoAmI)));
    }
    rows.add(
        attempt(
            "a message of 5 MiB",
            Port.NODE,
            "RESOURCE_EXHAUSTED",
            () ->
                call(
                    Port.NODE,
                    "root",
                    Map.of(),
                    channel ->
                        unary(
                            channel,
                            "holdfast.inventory.v1.InventoryService/AdjustStock",
                            new byte[5 << 20]))));
    rows.add(
        attempt(
            "headers of 17 KiB",
            Port.AGGREGATOR_HTTP,
            "HTTP 431",
            () -> get("root", "/metrics", "X-Large: " + large)));
    rows.add(
        attempt(
            "a body of two lengths",
            Port.AGGREGATOR_HTTP,
            "HTTP 400",
            () -> get("root", "/metrics", "Content-Length: 4\r\nTransfer-Encoding: chunked")));
    return rows;
  }

  private List<Attempt> starts() {
    List<Attempt> rows = new ArrayList<>();
    for (String who :
        List.of("vera", "node-a", "expired", "revoked", "other authority", "other cluster")) {
      rows.add(
          attempt(
              "an aggregator with the certificate of " + who,
              "start",
              "does not start",
              () -> started(() -> site.startAggregator(who))));
    }
    for (String who :
        List.of(
            "vera",
            "aggregator",
            "node-z",
            "expired's node",
            "revoked's node",
            "other authority's node")) {
      rows.add(
          attempt(
              "a store node with the certificate of " + who,
              "start",
              "does not start",
              () -> started(() -> site.startNode(who))));
    }
    return rows;
  }

  private static String started(Runnable start) {
    try {
      start.run();
      return "started";
    } catch (ConfigException e) {
      return "does not start";
    }
  }
}
