package dev.holdfast.common.tokens;

import dev.holdfast.common.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The place where the issuer's keys are read: a file, or the issuer's own address. */
sealed interface KeySource {
  int BYTES_MAX = 1 << 20;

  /**
   * Reads the keys as text; may take seconds.
   *
   * @throws IOException that says what is wrong in one line
   */
  String read() throws IOException;

  /** A source by its text in the configuration. */
  static KeySource of(String text) {
    try {
      return text.matches("https?://.*") ? new Address(new URI(text)) : new InFile(Path.of(text));
    } catch (URISyntaxException | InvalidPathException e) {
      throw new ConfigException(
          "holdfast.security.tokens.keys = '" + text + "' is neither a file nor an address", e);
    }
  }

  /** Whether everyone between here and the issuer could put keys of their own in place. */
  default boolean isOpen() {
    return false;
  }

  /** A file, which somebody replaces when keys change. */
  record InFile(Path file) implements KeySource {
    @Override
    public String read() throws IOException {
      if (Files.size(file) > BYTES_MAX) {
        throw new IOException(file + " is larger than 1 MiB");
      }
      return Files.readString(file);
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /** An address of HTTP, of which redirects are not followed. */
  record Address(URI uri) implements KeySource {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long ANSWER_NANOS_MAX = TimeUnit.SECONDS.toNanos(15);
    private static final int OK = 200;

    @Override
    public String read() throws IOException {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      try {
        return content(connection);
      } finally {
        connection.disconnect();
      }
    }

    private String content(HttpURLConnection connection) throws IOException {
      if (connection.getResponseCode() != OK) {
        throw new IOException(uri + " answered " + connection.getResponseCode());
      }
      return content(connection.getInputStream(), System.nanoTime());
    }

    /** Reads to the end, but not for ever from a server that sends a byte now and then. */
    private String content(InputStream answer, long startNanos) throws IOException {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      byte[] chunk = new byte[1 << 13];
      for (int bytes = answer.read(chunk); bytes >= 0; bytes = answer.read(chunk)) {
        content.write(chunk, 0, bytes);
        if (content.size() > BYTES_MAX) {
          throw new IOException(uri + " answered with more than 1 MiB");
        }
        if (System.nanoTime() - startNanos > ANSWER_NANOS_MAX) {
          throw new IOException(uri + " answered too slowly");
        }
      }
      return content.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isOpen() {
      return "http".equals(uri.getScheme());
    }

    @Override
    public String toString() {
      return uri.toString();
    }
  }
}
