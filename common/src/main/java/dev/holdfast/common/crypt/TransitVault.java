package dev.holdfast.common.crypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.common.disk.OwnFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Master keys in a key management service that speaks the HTTP API of Vault's transit engine: they
 * never leave it. A master key's id is the key's name and version there, such as holdfast:v3; a
 * wrapped key is the ciphertext as the service writes it. Each call takes a bounded time.
 */
public final class TransitVault implements KeyVault {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String KEYS = "/keys/";
  private static final int OK = 200;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI key;
  private final String name;
  private final String mount;
  private final Path token;
  private final Duration patience;
  private final HttpClient http;
  private volatile String primary = "";

  private TransitVault(URI key, Path token, Duration patience) {
    String url = key.toString();
    int keys = url.lastIndexOf(KEYS);
    if (keys < 0) {
      throw new IllegalArgumentException(
          url + " is no URL of a key, such as https://vault:8200/v1/transit/keys/holdfast");
    }
    this.key = key;
    this.mount = url.substring(0, keys);
    this.name = url.substring(keys + KEYS.length());
    this.token = token;
    this.patience = patience;
    this.http = HttpClient.newBuilder().connectTimeout(patience).build();
  }

  /**
   * Asks for the latest version of the key.
   *
   * @param key its URL, such as https://vault:8200/v1/transit/keys/holdfast
   * @param token file of the token, which is read for each call: it may be renewed
   */
  public static TransitVault open(URI key, Path token) throws KeyException {
    return open(key, token, PATIENCE);
  }

  static TransitVault open(URI key, Path token, Duration patience) throws KeyException {
    TransitVault vault = new TransitVault(key, token, patience);
    vault.refresh();
    return vault;
  }

  @Override
  public String primary() {
    return primary;
  }

  @Override
  public void refresh() throws KeyException {
    JsonNode latest = ask(key, null).path("latest_version");
    if (!latest.isInt()) {
      throw failed("did not tell the latest version of the key", null);
    }
    primary = name + ":v" + latest.asInt();
  }

  /** The service wraps by its latest version, and says in the ciphertext which that is. */
  @Override
  public WrappedKey wrap(byte[] secret) throws KeyException {
    String plain = Base64.getEncoder().encodeToString(secret);
    String ciphertext =
        text(ask(URI.create(mount + "/encrypt/" + name), Map.of("plaintext", plain)), "ciphertext");
    String[] parts = ciphertext.split(":", 3); // vault:v3:...
    if (parts.length != 3 || !parts[1].matches("v[0-9]+")) {
      throw failed("answered a ciphertext without the version of its key", null);
    }
    return new WrappedKey(name + ":" + parts[1], ciphertext.getBytes(UTF_8));
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped) throws KeyException {
    if (!wrapped.master().startsWith(name + ":")) {
      throw new KeyException(
          "it is wrapped by the master key %s, and %s is another one"
              .formatted(wrapped.master(), key));
    }
    Map<String, String> ciphertext = Map.of("ciphertext", new String(wrapped.bytes(), UTF_8));
    String plain = text(ask(URI.create(mount + "/decrypt/" + name), ciphertext), "plaintext");
    try {
      return Base64.getDecoder().decode(plain);
    } catch (IllegalArgumentException e) {
      throw failed("did not answer a key", e);
    }
  }

  private String text(JsonNode data, String field) throws KeyException {
    JsonNode value = data.path(field);
    if (!value.isString()) {
      throw failed("answered without " + field, null);
    }
    return value.asString();
  }

  /** The data of an answer. */
  private JsonNode ask(URI uri, @Nullable Map<String, String> body) throws KeyException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(patience).header("X-Vault-Token", readToken());
    if (body == null) {
      request.GET();
    } else {
      request.POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }
    CompletableFuture<HttpResponse<byte[]>> asked =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    try { // the timeout of a request ends where its answer begins
      HttpResponse<byte[]> answer = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != OK) {
        throw failed("answered " + answer.statusCode(), null); // its body may hold a secret
      }
      return JSON.readTree(answer.body()).path("data");
    } catch (JacksonException e) {
      throw failed("answered no JSON", e);
    } catch (ExecutionException e) {
      throw failed("did not answer (" + e.getCause() + ")", e);
    } catch (TimeoutException e) {
      throw failed("did not answer within " + patience.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for", e);
    } finally {
      asked.cancel(true);
    }
  }

  private String readToken() throws KeyException {
    try {
      if (OwnFile.isOpenToOthers(token)) {
        throw new KeyException(
            "the token in %s can be read by other users: chmod 600 %s".formatted(token, token));
      }
      return Files.readString(token).strip();
    } catch (KeyException e) {
      throw e;
    } catch (IOException e) {
      throw new KeyException("cannot read the token in %s: %s".formatted(token, e), e);
    }
  }

  private KeyException failed(String what, @Nullable Exception cause) {
    String problem =
        "the key management service at %s %s; see that it runs and that the token in %s may use the key"
            .formatted(key, what, token);
    return KeyException.forNow(problem, cause);
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
