package dev.holdfast.common.crypt;

import dev.holdfast.common.disk.OwnFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file keys.json of a database: its secret, wrapped by a master key, and the salt of each data
 * key that was ever made of it. Holds nothing that is of use without the master key. A data key's
 * id is its place in the list, from 1.
 *
 * @param secret of the database, wrapped
 * @param salts of its data keys, in the order in which they were made
 */
record KeyFile(WrappedKey secret, List<byte[]> salts) {
  static final String NAME = "keys.json";
  static final int SALT_BYTES = 16;
  private static final int FORMAT = 1;
  private static final String FORMAT_FIELD = "holdfast_database_keys";
  private static final JsonMapper JSON = JsonMapper.shared();

  KeyFile {
    salts = List.copyOf(salts);
  }

  KeyFile with(byte[] salt) {
    List<byte[]> more = new ArrayList<>(salts);
    more.add(salt);
    return new KeyFile(secret, more);
  }

  void write(Path file) throws KeyException {
    ObjectNode root = JSON.createObjectNode();
    root.put(FORMAT_FIELD, FORMAT);
    root.put("master", secret.master());
    root.put("secret", Base64.getEncoder().encodeToString(secret.bytes()));
    ArrayNode list = root.putArray("salts");
    salts.forEach(salt -> list.add(HexFormat.of().formatHex(salt)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      OwnFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    } catch (IOException e) {
      throw new KeyException("cannot write %s: %s".formatted(file, e), e);
    }
  }

  static KeyFile read(Path file) throws KeyException {
    try {
      return parse(file, Files.readAllBytes(file));
    } catch (KeyException e) {
      throw e;
    } catch (IOException e) {
      throw new KeyException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static KeyFile parse(Path file, byte[] content) throws KeyException {
    try {
      JsonNode root = JSON.readTree(content);
      int format = root.path(FORMAT_FIELD).asInt(0);
      if (format > FORMAT) {
        throw new KeyException(
            "NEEDS_NEWER_BUILD: %s has format %d, above %d: a newer build wrote it. Install the newer build on this node; its data stays as it is"
                .formatted(file, format, FORMAT));
      }
      List<byte[]> salts = new ArrayList<>();
      for (JsonNode salt : root.path("salts")) {
        salts.add(salt(salt.asString("")));
      }
      byte[] secret = Base64.getDecoder().decode(root.path("secret").asString(""));
      if (format != FORMAT || salts.isEmpty()) {
        throw new IllegalArgumentException("not what was written");
      }
      return new KeyFile(new WrappedKey(root.path("master").asString(""), secret), salts);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new KeyException(
          "%s is damaged, and what lies beside it cannot be read without it; delete the directory %s and start again: what it held then comes back from the peers"
              .formatted(file, file.toAbsolutePath().getParent()),
          e);
    }
  }

  private static byte[] salt(String hex) {
    byte[] salt = HexFormat.of().parseHex(hex);
    if (salt.length != SALT_BYTES) {
      throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes");
    }
    return salt;
  }
}
