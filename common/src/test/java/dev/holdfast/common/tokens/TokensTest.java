package dev.holdfast.common.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.common.access.Grant;
import dev.holdfast.common.access.Principal;
import dev.holdfast.common.access.Role;
import dev.holdfast.common.access.TokenReader.Refused;
import dev.holdfast.common.access.TokenReader.Verdict;
import dev.holdfast.common.access.TokenReader.Verified;
import dev.holdfast.common.config.ConfigException;
import dev.holdfast.common.config.TokenKeys;
import dev.holdfast.common.net.FailedLogins;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TokensTest {
  private static final Refused UNKNOWN_KEY = refused(TokenRefusal.UNKNOWN_KEY);

  @TempDir private Path directory;
  private final AtomicLong millis = new AtomicLong(Issuer.NOW.toEpochMilli());
  private final AtomicLong nanos = new AtomicLong(TimeUnit.HOURS.toNanos(1));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> published = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  private static Refused refused(TokenRefusal why) {
    return new Refused(why.text(), why.isForNow());
  }

  private Tokens start(TokenKeys keys) {
    Tokens tokens = new Tokens(keys, millis::get, nanos::get, meters, published::add);
    open.add(tokens);
    return tokens;
  }

  private Tokens startWith(JWK... keys) throws IOException {
    return start(Issuer.Keys.of(publish(keys)));
  }

  private String publish(JWK... keys) throws IOException {
    return publish(Issuer.jwks(keys));
  }

  private String publish(String text) throws IOException {
    return Files.writeString(directory.resolve("keys.json"), text).toString();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private double checked(String verdict, String reason) {
    return meters
        .get("holdfast.tokens.checked")
        .tag("verdict", verdict)
        .tag("reason", reason)
        .counter()
        .count();
  }

  @Test
  void shouldTellWhoATokenIsForAndWhatItClaims() throws IOException {
    Verdict verdict = Reading.of(startWith(Issuer.RSA), Issuer.token());

    Verified verified = (Verified) verdict;
    assertThat(verified.principal())
        .isEqualTo(new Principal(Principal.Kind.TOKEN, Issuer.NAME + "|alice"));
    assertThat(verified.until()).isEqualTo(Issuer.NOW.plusSeconds(630));
    assertThat(verified)
        .isEqualTo(
            new Verified(
                verified.principal(),
                List.of(Grant.parse("viewer:*"), Grant.parse("operator:berlin-*")),
                verified.until()));
  }

  @Test
  void shouldAcceptEveryAlgorithmThatIsAllowed() throws IOException {
    Tokens tokens = startWith(Issuer.RSA, Issuer.EC, Issuer.ED);
    String input =
        Issuer.part("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\",\"typ\":\"JWT\"}")
            + "."
            + Issuer.part(Issuer.claims().build().toString());

    assertThat(
            List.of(
                Issuer.token(),
                Issuer.sign(
                    Issuer.header(JWSAlgorithm.PS256, "rsa-1"), Issuer.claims(), Issuer.RSA),
                Issuer.sign(Issuer.header(JWSAlgorithm.ES256, "ec-1"), Issuer.claims(), Issuer.EC),
                input + "." + Issuer.signature("Ed25519", input)))
        .allSatisfy(token -> assertThat(Reading.of(tokens, token)).isInstanceOf(Verified.class));
  }

  @Test
  void shouldHoldToTheAlgorithmThatTheKeyNames() throws IOException {
    Tokens tokens = startWith(new RSAKey.Builder(Issuer.RSA).algorithm(JWSAlgorithm.PS256).build());

    assertThat(Reading.of(tokens, Issuer.token())).isEqualTo(refused(TokenRefusal.ALGORITHM));
  }

  @Test
  void shouldNeverMakeAPeerOfATokenNorBreakOnRolesOfOthers() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    List<String> roles = List.of("peer", "peer:*", "offline_access", "Admin", "viewer", "scraper");

    Verified verified =
        (Verified) Reading.of(tokens, Issuer.token(Issuer.claims().claim("holdfast_roles", roles)));

    assertThat(verified)
        .isEqualTo(
            new Verified(verified.principal(), List.of(Grant.parse("scraper")), verified.until()));
    assertThat(Role.valueOf("PEER").includes(Role.SCRAPER)).isFalse();
  }

  @Test
  void shouldAcceptTokensWithoutRolesForTheAccessFileMayGrantSome() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);

    assertThat(Reading.of(tokens, Issuer.token(Issuer.claims().claim("holdfast_roles", null))))
        .isInstanceOf(Verified.class);
  }

  @Test
  void shouldLetClocksDifferByTheLeeway() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    Instant expired = Issuer.NOW.minusSeconds(29);
    Instant early = Issuer.NOW.plusSeconds(30);

    assertThat(Reading.of(tokens, expiring(expired))).isInstanceOf(Verified.class);
    assertThat(
            Reading.of(
                tokens,
                Issuer.token(
                    Issuer.claims().notBeforeTime(Date.from(early)).issueTime(Date.from(early)))))
        .isInstanceOf(Verified.class);
  }

  private static String expiring(Instant time) {
    return Issuer.token(Issuer.claims().expirationTime(Date.from(time)));
  }

  @Test
  void shouldRefuseAllTokensOfAClockThatIsAnHourOff() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    millis.addAndGet(-3_600_000);

    assertThat(Reading.of(tokens, Issuer.token())).isEqualTo(refused(TokenRefusal.NOT_YET));
  }

  @Test
  void shouldVerifyATokenOnceAndForgetItWhenItExpires() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    String token = Issuer.token();
    Verdict first = Reading.of(tokens, token);

    List<Verdict> atOnce = new ArrayList<>();
    tokens.read(token, "192.0.2.7", atOnce::add);

    assertThat(atOnce).singleElement().isSameAs(first);
    assertThat(checked("verified", "")).isEqualTo(1);
    assertThat(checked("remembered", "")).isEqualTo(1);

    millis.addAndGet(630_000);
    assertThat(Reading.of(tokens, token)).isEqualTo(refused(TokenRefusal.EXPIRED));
    assertThat(Reading.of(tokens, token)).isEqualTo(refused(TokenRefusal.EXPIRED));
    assertThat(meters.get("holdfast.tokens.remembered").gauge().value()).isZero();
  }

  @Test
  void shouldNotTakeAnotherSignatureForTheOneThatItRemembers() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    assertThat(Reading.of(tokens, Issuer.token())).isInstanceOf(Verified.class);
    String forged =
        Issuer.sign(Issuer.header(JWSAlgorithm.RS256, "rsa-1"), Issuer.claims(), Issuer.OTHER_RSA);

    assertThat(Reading.of(tokens, forged)).isEqualTo(refused(TokenRefusal.SIGNATURE));
  }

  @Test
  void shouldRememberABoundedNumberOfTokens() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);

    for (int i = 0; i < 300; i++) {
      String token = Issuer.token(Issuer.claims().subject("user-" + i));
      assertThat(Reading.of(tokens, token)).isInstanceOf(Verified.class);
    }

    assertThat(meters.get("holdfast.tokens.remembered").gauge().value()).isBetween(1.0, 100.0);
  }

  @Test
  void shouldRefuseRememberedTokensOfAKeyThatIsNoLongerPublished() throws IOException {
    Tokens tokens = startWith(Issuer.RSA, Issuer.OTHER_RSA);
    String token = Issuer.token();
    assertThat(Reading.of(tokens, token)).isInstanceOf(Verified.class);

    publish(Issuer.OTHER_RSA);
    pass(Duration.ofMinutes(5));
    tokens.keys().look();

    assertThat(Reading.of(tokens, token)).isEqualTo(UNKNOWN_KEY);
  }

  @Test
  void shouldRefuseRememberedTokensWhenAnotherKeyTakesTheId() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    String token = Issuer.token();
    assertThat(Reading.of(tokens, token)).isInstanceOf(Verified.class);

    publish(new RSAKey.Builder(Issuer.OTHER_RSA).keyID("rsa-1").build());
    pass(Duration.ofMinutes(5));
    tokens.keys().look();

    assertThat(Reading.of(tokens, token)).isEqualTo(refused(TokenRefusal.SIGNATURE));
  }

  @Test
  void shouldKeepRememberedTokensWhenAKeyIsAdded() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    String token = Issuer.token();
    assertThat(Reading.of(tokens, token)).isInstanceOf(Verified.class);

    publish(Issuer.RSA, Issuer.EC);
    pass(Duration.ofMinutes(5));
    tokens.keys().look();

    assertThat(Reading.of(tokens, token)).isInstanceOf(Verified.class);
    assertThat(checked("verified", "")).isEqualTo(1);
    assertThat(published)
        .extracting(keys -> keys.replaceAll(" of .*", ""))
        .containsExactly("the keys rsa-1", "the keys ec-1, rsa-1");
  }

  @Test
  void shouldReadTheKeysForAnUnknownIdButOnceInHalfAMinute() throws IOException {
    AtomicInteger reads = new AtomicInteger();
    Tokens tokens = start(Issuer.Keys.of(serve(reads, 200, Issuer.jwks(Issuer.RSA))));
    String token =
        Issuer.sign(Issuer.header(JWSAlgorithm.ES256, "ec-1"), Issuer.claims(), Issuer.EC);

    for (int second = 0; second < 29; second++) {
      assertThat(Reading.of(tokens, token)).isEqualTo(UNKNOWN_KEY);
      pass(Duration.ofSeconds(1));
      tokens.keys().look();
    }
    assertThat(reads).hasValue(1);

    pass(Duration.ofSeconds(1));
    tokens.keys().look();
    assertThat(reads).hasValue(2);

    pass(Duration.ofSeconds(60));
    tokens.keys().look();
    assertThat(reads).as("without another unknown id").hasValue(2);
  }

  @Test
  void shouldAcceptTokensOfANewKeyOnceItWasRead() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    String token =
        Issuer.sign(Issuer.header(JWSAlgorithm.ES256, "ec-1"), Issuer.claims(), Issuer.EC);
    assertThat(Reading.of(tokens, token)).isEqualTo(UNKNOWN_KEY);

    publish(Issuer.RSA, Issuer.EC);
    pass(Duration.ofSeconds(30));
    tokens.keys().look();

    assertThat(Reading.of(tokens, token)).isInstanceOf(Verified.class);
  }

  @Test
  void shouldGoOnWithTheLastKeysDuringAnOutageUntilTheyAreTooOld() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    String token = Issuer.token(Issuer.claims());
    assertThat(tokens.problem()).isNull();

    publish("<html>gone</html>");
    pass(Duration.ofHours(23));
    tokens.keys().look();
    assertThat(Reading.of(tokens, token)).isInstanceOf(Verified.class);
    assertThat(tokens.problem())
        .startsWith(
            "tokens are checked by keys read 82800 s ago: cannot read the keys of tokens from ")
        .endsWith("keys.json: it is no JWKS");

    pass(Duration.ofHours(1).plusMillis(1));
    tokens.keys().look();
    assertThat(Reading.of(tokens, token)).isEqualTo(refused(TokenRefusal.NO_KEYS));
    assertThat(tokens.problem()).startsWith("every token is refused: cannot read");

    publish(Issuer.RSA);
    pass(Duration.ofSeconds(30));
    tokens.keys().look();
    assertThat(Reading.of(tokens, token)).isInstanceOf(Verified.class);
    assertThat(tokens.problem()).isNull();
  }

  @Test
  void shouldStartWhileTheIssuerDoesNotAnswer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    server.start();
    server.stop(0);

    Tokens tokens = start(Issuer.Keys.of(address));

    assertThat(Reading.of(tokens, Issuer.token())).isEqualTo(refused(TokenRefusal.NO_KEYS));
    assertThat(tokens.problem())
        .startsWith("every token is refused: cannot read the keys of tokens from " + address);
  }

  @Test
  void shouldReadKeysByHttpAndSayThatItIsOpen() throws IOException {
    Tokens tokens = start(Issuer.Keys.of(serve(new AtomicInteger(), 200, Issuer.jwks(Issuer.RSA))));

    assertThat(Reading.of(tokens, Issuer.token())).isInstanceOf(Verified.class);
    assertThat(tokens.problem()).isEqualTo("the keys of tokens come over plain HTTP");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 404, 500})
  void shouldNotTakeKeysFromOtherAnswers(int status) throws IOException {
    Tokens tokens =
        start(Issuer.Keys.of(serve(new AtomicInteger(), status, Issuer.jwks(Issuer.RSA))));

    assertThat(Reading.of(tokens, Issuer.token())).isEqualTo(refused(TokenRefusal.NO_KEYS));
    assertThat(tokens.problem()).endsWith("answered " + status);
  }

  @Test
  void shouldNotReadKeysWithoutEnd() throws IOException {
    String large = " ".repeat(KeySource.BYTES_MAX) + Issuer.jwks(Issuer.RSA);

    assertThat(start(Issuer.Keys.of(serve(new AtomicInteger(), 200, large))).problem())
        .endsWith("answered with more than 1 MiB");
  }

  private String serve(AtomicInteger reads, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          reads.incrementAndGet();
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
  }

  @Test
  void shouldNotStartWithAFileThatIsWrong() throws IOException {
    String weak =
        Issuer.jwks(Issuer.RSA).replaceAll("\"n\":\"[^\"]*\"", "\"n\":\"" + "_".repeat(171) + "\"");
    assertProblem(directory.resolve("none").toString(), "NoSuchFileException");
    assertProblem(publish("{}"), "it is no JWKS");
    assertProblem(publish(Issuer.jwks()), "no key with an id is for RS256");
    assertProblem(publish(weak), "no key with an id is for RS256");
    assertProblem(publish(Issuer.jwks(Issuer.RSA, Issuer.RSA)), "two keys have the id 'rsa-1'");
    assertProblem(
        publish("{\"keys\":[" + Issuer.RSA.toJSONString() + "]}"), "it holds private keys");
    assertProblem(
        publish(
            "{\"keys\":["
                + new OctetSequenceKey.Builder(new byte[32]).keyID("a").build().toJSONString()
                + "]}"),
        "it holds private keys or secrets");
    assertProblem(
        publish(new RSAKey.Builder(Issuer.RSA).keyUse(KeyUse.ENCRYPTION).build()),
        "no key with an id is for RS256");
  }

  private void assertProblem(String keys, String problem) {
    assertThatThrownBy(() -> start(Issuer.Keys.of(keys)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("holdfast.security.tokens.keys: cannot read the keys of tokens")
        .hasMessageContaining(problem);
  }

  @Test
  void shouldRefuseAtOnceWhenTooManyWaitAndStillKnowTheRest() throws Exception {
    Tokens tokens = startWith(Issuer.RSA);
    String known = Issuer.token();
    assertThat(Reading.of(tokens, known)).isInstanceOf(Verified.class);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger busy = new AtomicInteger();
    int workers = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
    CountDownLatch occupied = new CountDownLatch(workers);
    for (int i = 0; i < workers; i++) {
      tokens.read(
          "bad",
          "a",
          verdict -> {
            occupied.countDown();
            var unused = Uninterruptibles.awaitUninterruptibly(end, 30, TimeUnit.SECONDS);
          });
    }
    occupied.await();

    for (int i = 0; i < Tokens.WAITING_MAX + 5; i++) {
      tokens.read(
          "bad " + i,
          "address " + i,
          verdict -> {
            if (verdict.equals(refused(TokenRefusal.BUSY))) {
              busy.incrementAndGet();
            }
          });
    }

    assertThat(busy).hasValue(5);
    assertThat(Reading.of(tokens, known)).isInstanceOf(Verified.class);
    end.countDown();
    String other = Issuer.token(Issuer.claims().subject("bob"));
    await().untilAsserted(() -> assertThat(Reading.of(tokens, other)).isInstanceOf(Verified.class));
  }

  @Test
  void shouldMakeAnAddressWaitThatSendsManyBadTokens() throws IOException {
    Tokens tokens = startWith(Issuer.RSA);
    String known = Issuer.token();
    assertThat(Reading.of(tokens, known, "bad")).isInstanceOf(Verified.class);

    for (int i = 0; i < FailedLogins.BURST; i++) {
      assertThat(Reading.of(tokens, "bad " + i, "bad")).isEqualTo(refused(TokenRefusal.MALFORMED));
    }

    String other = Issuer.token(Issuer.claims().subject("bob"));
    assertThat(Reading.of(tokens, other, "bad")).isEqualTo(refused(TokenRefusal.TOO_MANY_FAILURES));
    assertThat(Reading.of(tokens, known, "bad")).isInstanceOf(Verified.class);
    assertThat(Reading.of(tokens, other, "good")).isInstanceOf(Verified.class);
    pass(Duration.ofSeconds(1));
    assertThat(Reading.of(tokens, Issuer.token(Issuer.claims().subject("eve")), "bad"))
        .isInstanceOf(Verified.class);
  }
}
