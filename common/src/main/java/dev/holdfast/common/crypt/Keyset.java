package dev.holdfast.common.crypt;

import dev.holdfast.common.disk.OwnFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Master keys, by id: all of them unwrap, the primary one wraps. The same on all nodes of a
 * cluster, since a replica reads the snapshots of its peers.
 */
public record Keyset(String primary, Map<String, byte[]> keys) {
  static final int KEY_BYTES = 32;
  private static final int FORMAT = 1;
  private static final int ID_BYTES = 4;
  private static final String FORMAT_FIELD = "holdfast_keyset";
  private static final JsonMapper JSON = JsonMapper.shared();

  public Keyset {
    keys = Map.copyOf(keys);
    if (!keys.containsKey(primary)) {
      throw new IllegalArgumentException("the primary key " + primary + " is not among the keys");
    }
  }

  /** A keyset with one new key. */
  public static Keyset create(SecureRandom random) {
    String id = newId(random);
    return new Keyset(id, Map.of(id, newKey(random)));
  }

  /** The same with a new primary key; the others still unwrap. */
  public Keyset rotated(SecureRandom random) {
    String id = newId(random);
    Map<String, byte[]> more = new LinkedHashMap<>(keys);
    more.put(id, newKey(random));
    return new Keyset(id, more);
  }

  /**
   * The same without a key.
   *
   * @throws IllegalArgumentException when it is not there, or wraps
   */
  public Keyset without(String id) {
    if (!keys.containsKey(id)) {
      throw new IllegalArgumentException("there is no key " + id);
    }
    if (id.equals(primary)) {
      throw new IllegalArgumentException(id + " is the primary key, which is needed");
    }
    Map<String, byte[]> fewer = new LinkedHashMap<>(keys);
    fewer.remove(id);
    return new Keyset(primary, fewer);
  }

  private static String newId(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return "master-" + HexFormat.of().formatHex(id);
  }

  private static byte[] newKey(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  /** The key of an id; null when it is not there. */
  byte @Nullable [] key(String id) {
    return keys.get(id);
  }

  /** Replaces the file; durable when it returns. Only this user can read it. */
  public void write(Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put(FORMAT_FIELD, FORMAT);
    root.put("primary", primary);
    ObjectNode values = root.putObject("keys");
    keys.keySet().stream()
        .sorted()
        .forEach(id -> values.put(id, Base64.getEncoder().encodeToString(keys.get(id))));
    OwnFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
  }

  /**
   * Reads a file.
   *
   * @throws KeyException when it is missing, open to others, or no keyset
   */
  public static Keyset read(Path file) throws KeyException {
    try {
      if (OwnFile.isOpenToOthers(file)) {
        throw new KeyException(
            "the keyset %s can be read or changed by other users: chmod 600 %s, and rotate it when it lay open"
                .formatted(file, file));
      }
      return parse(file, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new KeyException(
          "there is no keyset %s: put it back from its safe copy; for a new cluster, make one with: holdfast keys init %s"
              .formatted(file, file),
          e);
    } catch (KeyException e) {
      throw e;
    } catch (IOException e) {
      throw new KeyException("cannot read the keyset %s: %s".formatted(file, e), e);
    }
  }

  private static Keyset parse(Path file, byte[] content) throws KeyException {
    try {
      JsonNode root = JSON.readTree(content);
      int format = root.path(FORMAT_FIELD).asInt(0);
      if (format != FORMAT) {
        throw new KeyException(
            "%s is no keyset of format %d, which is all that this build reads"
                .formatted(file, FORMAT));
      }
      Map<String, byte[]> keys = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> key : root.path("keys").properties()) {
        keys.put(key.getKey(), decode(key.getValue()));
      }
      return new Keyset(root.path("primary").asString(""), keys);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new KeyException(
          "the keyset %s is damaged; put it back from its safe copy".formatted(file), e);
    }
  }

  private static byte[] decode(JsonNode value) {
    byte[] key = Base64.getDecoder().decode(value.asString(""));
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a master key has " + KEY_BYTES + " bytes");
    }
    return key;
  }

  /** Tells nothing of the keys but their ids. */
  @Override
  public String toString() {
    return "Keyset[primary=%s, keys=%s]".formatted(primary, keys.keySet());
  }
}
