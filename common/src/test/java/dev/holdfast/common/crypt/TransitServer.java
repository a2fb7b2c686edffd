package dev.holdfast.common.crypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** A key management service on loopback, as Vault's transit engine answers. */
public final class TransitServer implements AutoCloseable {
  public static final String TOKEN = "s.token";
  private static final String PATH = "/v1/transit/";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread made = new Thread(task, "key-service");
            made.setDaemon(true);
            return made;
          });
  private final SecureRandom random = new SecureRandom();
  private final List<byte[]> versions = new ArrayList<>();
  private volatile String answerInstead = "";
  private volatile long delayMillis;
  private volatile boolean stalling;
  private volatile Predicate<String> hanging = ciphertext -> false;
  private final AtomicInteger hung = new AtomicInteger();

  public TransitServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PATH, this::answer);
    server.setExecutor(threads);
    server.start();
    rotate();
  }

  public URI key() {
    return URI.create(
        "http://127.0.0.1:%d%skeys/holdfast".formatted(server.getAddress().getPort(), PATH));
  }

  /** Adds a version of the key. */
  synchronized void rotate() {
    byte[] version = new byte[32];
    random.nextBytes(version);
    versions.add(version);
  }

  void answerInstead(String body) {
    answerInstead = body;
  }

  void delay(long millis) {
    delayMillis = millis;
  }

  /** Begins answers, and does not end them. */
  void stall() {
    stalling = true;
  }

  /** Never answers what such ciphertexts hold. */
  public void hangFor(Predicate<String> ciphertexts) {
    hanging = ciphertexts;
  }

  /** The number of calls that got no answer. */
  public int hung() {
    return hung.get();
  }

  private void hang() throws InterruptedException {
    hung.incrementAndGet();
    Thread.sleep(Long.MAX_VALUE);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Thread.sleep(delayMillis);
      byte[] request = exchange.getRequestBody().readAllBytes();
      int code = 200;
      String body = answerInstead;
      if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
        code = 403;
        body = "{\"errors\":[\"permission denied\"]}";
      } else if (body.isEmpty()) {
        if (hanging.test(ciphertext(request))) {
          hang();
        }
        body = data(exchange.getRequestURI().getPath(), request);
      }
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(code, bytes.length);
      if (stalling) {
        exchange.getResponseBody().write(bytes, 0, 1);
        exchange.getResponseBody().flush();
        hang();
      }
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException | GeneralSecurityException e) {
      exchange.sendResponseHeaders(400, -1);
    }
  }

  private static String ciphertext(byte[] request) {
    return request.length == 0
        ? ""
        : JsonMapper.shared().readTree(request).path("ciphertext").asString("");
  }

  private synchronized String data(String path, byte[] request) throws GeneralSecurityException {
    JsonMapper json = JsonMapper.shared();
    Map<String, Object> data =
        switch (path.substring(PATH.length())) {
          case "keys/holdfast" -> Map.of("latest_version", versions.size());
          case "encrypt/holdfast" ->
              Map.of("ciphertext", encrypt(json.readTree(request).path("plaintext").asString("")));
          case "decrypt/holdfast" ->
              Map.of("plaintext", decrypt(json.readTree(request).path("ciphertext").asString("")));
          default -> Map.of();
        };
    return json.writeValueAsString(Map.of("data", data));
  }

  private String encrypt(String plain) throws GeneralSecurityException {
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    byte[] sealed =
        cipher(Cipher.ENCRYPT_MODE, versions.size(), nonce)
            .doFinal(Base64.getDecoder().decode(plain));
    byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
    return "vault:v" + versions.size() + ":" + Base64.getEncoder().encodeToString(all);
  }

  private String decrypt(String ciphertext) throws GeneralSecurityException {
    String[] parts = ciphertext.split(":", 3);
    byte[] all = Base64.getDecoder().decode(parts[2]);
    Cipher cipher =
        cipher(
            Cipher.DECRYPT_MODE, Integer.parseInt(parts[1].substring(1)), Arrays.copyOf(all, 12));
    return Base64.getEncoder().encodeToString(cipher.doFinal(all, 12, all.length - 12));
  }

  private Cipher cipher(int mode, int version, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec key = new SecretKeySpec(versions.get(version - 1), "AES");
    cipher.init(mode, key, new GCMParameterSpec(128, nonce));
    return cipher;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
