package dev.holdfast.common.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.holdfast.common.access.TokenReader.Refused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that somebody made up, changed or stole: each refused, for the right reason. */
final class TokenAttacksTest {
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"typ\":\"JWT\"}";

  @TempDir static Path directory;
  private static Tokens tokens;

  @BeforeAll
  static void start() throws IOException {
    Path file = directory.resolve("keys.json");
    Files.writeString(file, Issuer.jwks(Issuer.RSA, Issuer.OTHER_RSA, Issuer.EC, Issuer.ED));
    tokens =
        new Tokens(
            Issuer.Keys.of(file.toString()),
            Issuer.NOW::toEpochMilli,
            System::nanoTime,
            new SimpleMeterRegistry(),
            keys -> {});
  }

  @AfterAll
  static void stop() {
    tokens.close();
  }

  static Stream<Arguments> attacks() throws Exception {
    return Stream.of(algorithms(), keys(), times(), claims(), forms(), headers())
        .flatMap(List::stream);
  }

  private static List<Arguments> algorithms() throws Exception {
    return List.of(
        attack("alg none, no signature", unsigned("none", ""), TokenRefusal.MALFORMED),
        attack("alg None", unsigned("None", ""), TokenRefusal.MALFORMED),
        attack("alg none with a signature", unsigned("none", "AAAA"), TokenRefusal.MALFORMED),
        attack("no alg", raw("{\"kid\":\"rsa-1\",\"typ\":\"JWT\"}"), TokenRefusal.MALFORMED),
        attack("HMAC with the modulus", hmac(modulus()), TokenRefusal.ALGORITHM),
        attack("HMAC with the key as PEM", hmac(pem()), TokenRefusal.ALGORITHM),
        attack("HMAC with the key as DER", hmac(der()), TokenRefusal.ALGORITHM),
        attack("HMAC with the key as JSON", hmac(json()), TokenRefusal.ALGORITHM),
        attack("RS512 of the right key", rs512(), TokenRefusal.ALGORITHM),
        attack("ES256 that names an RSA key", esWithRsaKey(), TokenRefusal.ALGORITHM),
        attack("RS256 that names an EC key", rsWith("ec-1"), TokenRefusal.ALGORITHM),
        attack("all-zero ES256 signature", es256("A".repeat(86)), TokenRefusal.SIGNATURE),
        attack("empty EdDSA signature", edDsa("AA"), TokenRefusal.SIGNATURE),
        attack("EdDSA signature of zeros", edDsa("A".repeat(86)), TokenRefusal.SIGNATURE));
  }

  private static List<Arguments> keys() {
    JWSHeader.Builder known = Issuer.header(JWSAlgorithm.RS256, "rsa-1");
    return List.of(
        attack("another key with a known id", of(known, stranger()), TokenRefusal.SIGNATURE),
        attack("one of the keys with the id of another", rsWith("rsa-2"), TokenRefusal.SIGNATURE),
        attack("unknown key id", rsWith("nobody"), TokenRefusal.UNKNOWN_KEY),
        attack("no key id", rsWith(null), TokenRefusal.UNKNOWN_KEY),
        attack("empty key id", rsWith(""), TokenRefusal.UNKNOWN_KEY),
        attack("key id is a path", rsWith("../../../../dev/null"), TokenRefusal.UNKNOWN_KEY),
        attack("key id is a path to a key", rsWith("file:///etc/passwd"), TokenRefusal.UNKNOWN_KEY),
        attack("key id is SQL", rsWith("x' UNION SELECT 'k"), TokenRefusal.UNKNOWN_KEY),
        attack("key id with a zero byte", rsWith("rsa-1\u0000"), TokenRefusal.UNKNOWN_KEY),
        attack("brings its own key", withOwnKey(), TokenRefusal.SIGNATURE),
        attack("names an address of keys", withAddressOfKeys(), TokenRefusal.SIGNATURE));
  }

  private static List<Arguments> times() {
    return List.of(
        attack("expired", expires(-31), TokenRefusal.EXPIRED),
        attack("expired to the second, leeway included", expires(-30), TokenRefusal.EXPIRED),
        attack("expired in 1970", expiresAt(Instant.EPOCH), TokenRefusal.EXPIRED),
        attack("future by nbf", Issuer.token(notBefore(31)), TokenRefusal.NOT_YET),
        attack("future by iat", Issuer.token(issued(31)), TokenRefusal.NOT_YET),
        attack(
            "no exp", Issuer.token(Issuer.claims().expirationTime(null)), TokenRefusal.NO_EXPIRY),
        attack("exp is text", claim("\"exp\":\"9999999999\""), TokenRefusal.MALFORMED),
        attack("exp is null", claim("\"exp\":null"), TokenRefusal.NO_EXPIRY),
        attack("exp overflows", claim("\"exp\":9223372036854775807"), TokenRefusal.EXPIRED));
  }

  private static List<Arguments> claims() {
    return List.of(
        attack("other issuer", Issuer.token(Issuer.claims().issuer("evil")), TokenRefusal.ISSUER),
        attack("issuer with a slash more", issuer(Issuer.NAME + "/"), TokenRefusal.ISSUER),
        attack("no issuer", issuer(null), TokenRefusal.ISSUER),
        attack("other audience", audience("billing"), TokenRefusal.AUDIENCE),
        attack("audience that begins alike", audience("holdfast-test"), TokenRefusal.AUDIENCE),
        attack("no audience", audience(null), TokenRefusal.AUDIENCE),
        attack("no subject", subject(null), TokenRefusal.SUBJECT),
        attack("empty subject", subject(""), TokenRefusal.SUBJECT),
        attack("subject with a line break", subject("a\nb"), TokenRefusal.SUBJECT),
        attack("subject with a zero byte", subject("a\u0000b"), TokenRefusal.SUBJECT),
        attack("subject of 256", subject("a".repeat(256)), TokenRefusal.SUBJECT),
        attack(
            "subject is a number", claim("\"sub\":7,\"exp\":1777637400"), TokenRefusal.MALFORMED),
        attack("roles are a number", roles(7), TokenRefusal.ROLES),
        attack("roles of roles", roles(List.of(List.of("admin"))), TokenRefusal.ROLES),
        attack("duplicate sub", duplicate("sub", "\"mallory\""), TokenRefusal.MALFORMED),
        attack("duplicate exp", duplicate("exp", "9999999999"), TokenRefusal.MALFORMED),
        attack("duplicate iss", duplicate("iss", "\"evil\""), TokenRefusal.MALFORMED),
        attack("claims are a list", Issuer.signRaw(HEADER, "[]"), TokenRefusal.MALFORMED),
        attack("claims are pairs", Issuer.signRaw(HEADER, pairs()), TokenRefusal.MALFORMED),
        attack("claims are deep", Issuer.signRaw(HEADER, deep()), TokenRefusal.MALFORMED));
  }

  private static List<Arguments> forms() {
    String good = Issuer.token();
    String[] parts = good.split("\\.", -1);
    String stripped = parts[0] + "." + parts[1] + ".";
    return List.of(
        attack(
            "9 KB",
            Issuer.token(Issuer.claims().claim("x", "y".repeat(9_000))),
            TokenRefusal.TOO_LONG),
        attack("empty", "", TokenRefusal.MALFORMED),
        attack("no token", "secret", TokenRefusal.MALFORMED),
        attack("signature stripped", stripped, TokenRefusal.MALFORMED),
        attack("two parts", parts[0] + "." + parts[1], TokenRefusal.MALFORMED),
        attack("signature cut", good.substring(0, good.length() - 10), TokenRefusal.SIGNATURE),
        attack(
            "claims of another token",
            parts[0] + "." + otherClaims() + "." + parts[2],
            TokenRefusal.SIGNATURE),
        attack("nested in JSON", "{\"payload\":\"" + parts[1] + "\"}", TokenRefusal.MALFORMED),
        attack("JWE, five parts", encrypted(), TokenRefusal.MALFORMED),
        attack(
            "JWE inside of a signature",
            Issuer.signRaw(HEADER, encrypted()),
            TokenRefusal.MALFORMED),
        attack("token inside of a token", Issuer.signRaw(HEADER, good), TokenRefusal.MALFORMED),
        attack("twice", good + "." + good, TokenRefusal.MALFORMED));
  }

  private static List<Arguments> headers() {
    JWSHeader.Builder rsa = Issuer.header(JWSAlgorithm.RS256, "rsa-1");
    return List.of(
        attack("type of a logout token", typed("logout+jwt"), TokenRefusal.TYPE),
        attack("type of an unsecured thing", typed("JOSE"), TokenRefusal.TYPE),
        attack("no type", typed(null), TokenRefusal.TYPE),
        attack(
            "critical extension",
            of(rsa.criticalParams(Set.of("x")).customParam("x", 1), Issuer.RSA),
            TokenRefusal.MALFORMED),
        attack(
            "payload not encoded",
            raw("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"typ\":\"JWT\",\"b64\":false}"),
            TokenRefusal.MALFORMED),
        attack(
            "duplicate alg",
            raw("{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"typ\":\"JWT\"}"),
            TokenRefusal.MALFORMED),
        attack(
            "duplicate kid",
            raw("{\"alg\":\"RS256\",\"kid\":\"x\",\"kid\":\"rsa-1\",\"typ\":\"JWT\"}"),
            TokenRefusal.MALFORMED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void shouldRefuse(String name, String token, TokenRefusal why) {
    assertThat(Reading.of(tokens, token)).isEqualTo(new Refused(why.text(), false));
  }

  /** Without it, the table could be refused for something else. */
  @Test
  void shouldAcceptWhatAllOfThemWereMadeFrom() {
    assertThat(Reading.of(tokens, Issuer.token())).isNotInstanceOf(Refused.class);
    assertThat(Reading.of(tokens, raw(HEADER))).isNotInstanceOf(Refused.class);
    assertThat(Reading.of(tokens, rsWith("rsa-1"))).isNotInstanceOf(Refused.class);
  }

  @Test
  void shouldTellNothingOfTheTokenInItsRefusals() {
    Arrays.stream(TokenRefusal.values())
        .forEach(why -> assertThat(why.text()).doesNotContain("alice").doesNotContain("%s"));
  }

  private static Arguments attack(String name, String token, TokenRefusal why) {
    return arguments(name, token, why);
  }

  private static String json(Map<String, Object> claims) {
    return new com.nimbusds.jose.Payload(claims).toString();
  }

  private static String goodClaims() {
    return json(Issuer.claims().build().toJSONObject());
  }

  private static String raw(String header) {
    return Issuer.signRaw(header, goodClaims());
  }

  private static String unsigned(String algorithm, String signature) {
    String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"rsa-1\",\"typ\":\"JWT\"}";
    return Issuer.part(header) + "." + Issuer.part(goodClaims()) + "." + signature;
  }

  private static String hmac(byte[] secret) throws JOSEException {
    SignedJWT token =
        new SignedJWT(Issuer.header(JWSAlgorithm.HS256, "rsa-1").build(), Issuer.claims().build());
    token.sign(new MACSigner(secret));
    return token.serialize();
  }

  private static byte[] modulus() {
    return Issuer.RSA.getModulus().decode();
  }

  private static byte[] der() throws GeneralSecurityException, JOSEException {
    return Issuer.RSA.toRSAPublicKey().getEncoded();
  }

  private static byte[] pem() throws GeneralSecurityException, JOSEException {
    String body = java.util.Base64.getMimeEncoder().encodeToString(der());
    return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] json() {
    return Issuer.RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
  }

  private static String rs512() {
    return of(Issuer.header(JWSAlgorithm.RS512, "rsa-1"), Issuer.RSA);
  }

  private static String esWithRsaKey() {
    return of(Issuer.header(JWSAlgorithm.ES256, "rsa-1"), Issuer.EC);
  }

  private static String rsWith(@Nullable String keyId) {
    return of(Issuer.header(JWSAlgorithm.RS256, keyId), Issuer.RSA);
  }

  private static String es256(String signature) {
    return Issuer.part("{\"alg\":\"ES256\",\"kid\":\"ec-1\",\"typ\":\"JWT\"}")
        + "."
        + Issuer.part(goodClaims())
        + "."
        + signature;
  }

  private static String edDsa(String signature) {
    return Issuer.part("{\"alg\":\"EdDSA\",\"kid\":\"ed-1\",\"typ\":\"JWT\"}")
        + "."
        + Issuer.part(goodClaims())
        + "."
        + signature;
  }

  private static com.nimbusds.jose.jwk.RSAKey stranger() {
    return Issuer.rsa("rsa-1");
  }

  private static String withOwnKey() {
    com.nimbusds.jose.jwk.RSAKey own = stranger();
    return of(Issuer.header(JWSAlgorithm.RS256, "rsa-1").jwk(own.toPublicJWK()), own);
  }

  private static String withAddressOfKeys() {
    JWSHeader.Builder header = Issuer.header(JWSAlgorithm.RS256, "rsa-1");
    return of(header.jwkURL(URI.create("https://evil.example.com/keys")), stranger());
  }

  private static String of(JWSHeader.Builder header, com.nimbusds.jose.jwk.JWK key) {
    return Issuer.sign(header, Issuer.claims(), key);
  }

  private static String typed(@Nullable String type) {
    JOSEObjectType given = type == null ? null : new JOSEObjectType(type);
    return of(Issuer.header(JWSAlgorithm.RS256, "rsa-1").type(given), Issuer.RSA);
  }

  private static String expires(int seconds) {
    return expiresAt(Issuer.NOW.plusSeconds(seconds));
  }

  private static String expiresAt(Instant time) {
    return Issuer.token(Issuer.claims().expirationTime(Date.from(time)));
  }

  private static JWTClaimsSet.Builder notBefore(int seconds) {
    return Issuer.claims().notBeforeTime(Date.from(Issuer.NOW.plusSeconds(seconds)));
  }

  private static JWTClaimsSet.Builder issued(int seconds) {
    return Issuer.claims().issueTime(Date.from(Issuer.NOW.plusSeconds(seconds)));
  }

  private static String issuer(@Nullable String issuer) {
    return Issuer.token(Issuer.claims().issuer(issuer));
  }

  private static String audience(@Nullable String audience) {
    return Issuer.token(Issuer.claims().audience(audience));
  }

  private static String subject(@Nullable String subject) {
    return Issuer.token(Issuer.claims().subject(subject));
  }

  private static String roles(Object roles) {
    return Issuer.token(Issuer.claims().claim("holdfast_roles", roles));
  }

  /** Right but for one claim. */
  private static String claim(String claim) {
    String sub = claim.contains("\"sub\"") ? "" : "\"sub\":\"alice\",";
    return Issuer.signRaw(
        HEADER, "{\"iss\":\"" + Issuer.NAME + "\",\"aud\":\"holdfast\"," + sub + claim + "}");
  }

  private static String duplicate(String name, String value) {
    return Issuer.signRaw(
        HEADER, goodClaims().replaceFirst("\\{", "{\"" + name + "\":" + value + ","));
  }

  private static String pairs() {
    return "[[\"iss\",\"%s\"],[\"aud\",\"holdfast\"],[\"sub\",\"a\"],[\"exp\",1777637400]]"
        .formatted(Issuer.NAME);
  }

  private static String deep() {
    return "{\"x\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}";
  }

  private static String otherClaims() {
    return Issuer.part(json(Issuer.claims().subject("admin").build().toJSONObject()));
  }

  private static String encrypted() {
    String header = Issuer.part("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\",\"cty\":\"JWT\"}");
    String part = Base64URL.encode("something").toString();
    return String.join(".", header, part, part, part, part);
  }
}
