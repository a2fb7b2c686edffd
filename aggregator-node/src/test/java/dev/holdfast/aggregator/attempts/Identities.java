package dev.holdfast.aggregator.attempts;

import dev.holdfast.aggregator.attempts.SecuredSite.Port;
import dev.holdfast.proto.cluster.v1.CreditHandoversRequest;
import dev.holdfast.proto.cluster.v1.HandoverServiceGrpc;
import dev.holdfast.proto.cluster.v1.IntroduceRequest;
import dev.holdfast.proto.cluster.v1.JoinRequest;
import dev.holdfast.proto.cluster.v1.MembershipServiceGrpc;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Attempts to be nobody, or somebody else. */
final class Identities extends Rows {
  private static final String NO_PEER = "PERMISSION_DENIED peer";
  private static final String PRINCIPAL = "x-holdfast-principal";

  Identities(SecuredSite site) {
    super(site);
  }

  @Override
  List<Attempt> all() {
    return Stream.of(nobodies(), tokens(), passedOn(), peers()).flatMap(List::stream).toList();
  }

  private List<Attempt> nobodies() {
    List<Attempt> rows = new ArrayList<>();
    for (Port port : List.of(Port.NODE, Port.AGGREGATOR)) {
      for (String who : List.of(NOBODY, "other cluster")) {
        String what = who.isEmpty() ? "no certificate, no token" : "certificate: " + who;
        rows.add(attempt(what, port, UNKNOWN, () -> call(port, who, Map.of(), Rows::whoAmI)));
      }
      rows.add(
          attempt(
              "reflection without a login",
              port,
              UNKNOWN,
              () -> call(port, NOBODY, Map.of(), Identities::reflection)));
      rows.add(
          attempt(
              "a password",
              port,
              UNKNOWN,
              () ->
                  call(port, NOBODY, Map.of("authorization", "Basic cm9vdDpyb290"), Rows::whoAmI)));
      rows.add(
          attempt(
              "a bad token beside a good certificate",
              port,
              UNKNOWN,
              () -> call(port, "root", bearer(site.tokens().unsigned()), Rows::whoAmI)));
    }
    rows.add(
        attempt(
            "method of nobody",
            Port.NODE,
            "UNIMPLEMENTED",
            () ->
                call(
                    Port.NODE,
                    "root",
                    Map.of(),
                    channel -> unary(channel, "holdfast.Nothing/Do", new byte[0]))));
    return rows;
  }

  private static Object reflection(Channel channel) {
    return unary(channel, "grpc.reflection.v1.ServerReflection/ServerReflectionInfo", new byte[0]);
  }

  private List<Attempt> tokens() {
    Map<String, Supplier<String>> bad = new LinkedHashMap<>();
    TokenForge forge = site.tokens();
    bad.put("algorithm none", forge::unsigned);
    bad.put("HMAC of the public key", forge::byPublicKeyAsSecret);
    bad.put("another audience", forge::forOtherAudience);
    bad.put("another issuer", forge::ofOtherIssuer);
    bad.put("expired an hour ago", () -> forge.ending(Duration.ofHours(-1)));
    bad.put("of an hour from now", () -> forge.beginning(Duration.ofHours(1)));
    bad.put("9 KB", forge::ofNineKilobytes);
    bad.put("unknown key", forge::ofUnknownKey);
    bad.put("a stranger's signature", forge::byStranger);
    bad.put("claims of another token", forge::withOtherClaims);
    bad.put("nothing", () -> "");
    List<Attempt> rows = new ArrayList<>();
    bad.forEach(
        (what, token) -> {
          rows.add(
              attempt(
                  "token: " + what,
                  Port.NODE,
                  UNKNOWN,
                  () ->
                      call(
                          Port.NODE,
                          NOBODY,
                          bearer(token.get()),
                          channel -> change(channel, "paris"))));
          rows.add(
              attempt(
                  "token: " + what,
                  Port.AGGREGATOR_HTTP,
                  "HTTP 401",
                  () -> get(NOBODY, "/api/global/mug", "Authorization: Bearer " + token.get())));
        });
    return rows;
  }

  private List<Attempt> passedOn() {
    return List.of(
        forged("root's name, by a user", "bea", Map.of(PRINCIPAL, "user/root"), NO_PEER),
        forged("root's name, by an admin", "root", Map.of(PRINCIPAL, "user/root"), NO_PEER),
        forged(
            "root's name, by an aggregator", "aggregator", Map.of(PRINCIPAL, "user/root"), NO_PEER),
        forged(
            "root's name, by a node of no member",
            "node-z",
            Map.of(PRINCIPAL, "user/root"),
            NO_PEER),
        forged("root's name, by nobody", NOBODY, Map.of(PRINCIPAL, "user/root"), UNKNOWN),
        forged(
            "root's name, with a good token",
            NOBODY,
            Map.of(
                PRINCIPAL,
                "user/root",
                "authorization",
                "Bearer " + site.tokens().good("operator:berlin")),
            UNKNOWN),
        forged("passed on, by a user", "bea", Map.of("x-holdfast-forwarded", "1"), NO_PEER),
        forged(
            "grants of one's own",
            "oscar",
            Map.of("x-holdfast-grants", "admin"),
            "PERMISSION_DENIED peer"),
        forged(
            "the name of one without rights, by a peer",
            "node-a",
            Map.of(PRINCIPAL, "user/oscar"),
            "PERMISSION_DENIED operator paris"),
        forged("a node's name, by a peer", "node-a", Map.of(PRINCIPAL, "node/node-a"), UNKNOWN),
        forged("no name, by a peer", "node-a", Map.of(PRINCIPAL, "root"), UNKNOWN));
  }

  private Attempt forged(String what, String who, Map<String, String> headers, String ending) {
    return attempt(
        "forged: " + what,
        Port.NODE,
        ending,
        () -> call(Port.NODE, who, headers, channel -> change(channel, "paris")));
  }

  private List<Attempt> peers() {
    List<Attempt> rows = new ArrayList<>();
    for (String who : List.of("root", "vera", "oscar", "service", "aggregator", "node-z")) {
      rows.add(
          attempt(
              "a hand-over again, by " + who,
              Port.NODE,
              NO_PEER,
              () -> call(Port.NODE, who, Map.of(), Identities::handOver)));
    }
    rows.add(
        attempt(
            "a hand-over, by a token that claims to be a peer",
            Port.NODE,
            NO_PEER,
            () ->
                call(Port.NODE, NOBODY, bearer(site.tokens().good("peer")), Identities::handOver)));
    for (String who : List.of("root", "aggregator", "node-z")) {
      rows.add(introduction(who, who));
      rows.add(
          attempt(
              "joining, by " + who,
              Port.NODE,
              NO_PEER,
              () -> call(Port.NODE, who, Map.of(), channel -> join(channel, who))));
    }
    rows.add(introduction("node-a", "node-b"));
    rows.add(
        attempt(
            "joining as node-b, by node-a",
            Port.NODE,
            NO_PEER,
            () -> call(Port.NODE, "node-a", Map.of(), channel -> join(channel, "node-b"))));
    return rows;
  }

  private Attempt introduction(String who, String as) {
    IntroduceRequest request = IntroduceRequest.newBuilder().setNodeId(as).build();
    return attempt(
        "introduction as %s, by %s".formatted(as, who),
        Port.NODE,
        NO_PEER,
        () ->
            call(
                Port.NODE,
                who,
                Map.of(),
                channel -> MembershipServiceGrpc.newBlockingStub(channel).introduce(request)));
  }

  private static Object join(Channel channel, String as) {
    return MembershipServiceGrpc.newBlockingStub(channel)
        .join(JoinRequest.newBuilder().setNodeId(as).build());
  }

  private static Object handOver(Channel channel) {
    return HandoverServiceGrpc.newBlockingStub(channel)
        .creditHandovers(
            (CreditHandoversRequest)
                ForeignRequests.naming("paris", HandoverServiceGrpc.getCreditHandoversMethod()));
  }
}
