package dev.holdfast.cli.proto;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The .proto files shipped beside their generated classes. */
final class ProtoFiles {
  private static final String OURS = "holdfast";

  /** The files that ours import, and those for error details, which no file imports. */
  private static final List<String> THEIRS =
      List.of(
          "google/protobuf/any.proto",
          "google/protobuf/duration.proto",
          "google/rpc/error_details.proto",
          "google/rpc/status.proto");

  private ProtoFiles() {}

  /** Writes all files below a directory; returns their number. */
  static int exportTo(Path directory) throws IOException {
    int files = exportOurs(directory);
    for (String name : THEIRS) {
      try (InputStream text = resource(name).openStream()) {
        write(text, directory.resolve(name));
      }
    }
    return files + THEIRS.size();
  }

  private static int exportOurs(Path directory) throws IOException {
    URI place = uri(resource(OURS + "/inventory/v1/inventory.proto"));
    if (!place.getScheme().equals("jar")) {
      return copyTree(Path.of(place).resolve("../../..").normalize(), directory);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
      return copyTree(jar.getPath("/" + OURS), directory);
    }
  }

  private static int copyTree(Path root, Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(file -> file.toString().endsWith(".proto")).toList();
    }
    for (Path file : files) {
      try (InputStream text = Files.newInputStream(file)) {
        write(text, directory.resolve(OURS).resolve(root.relativize(file).toString()));
      }
    }
    return files.size();
  }

  private static void write(InputStream text, Path file) throws IOException {
    Files.createDirectories(
        Objects.requireNonNull(file.getParent(), "it has a name in a directory"));
    Files.copy(text, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(ProtoFiles.class.getClassLoader().getResource(name), name);
  }

  private static URI uri(URL place) {
    try {
      return place.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path with an address that is none: " + place, e);
    }
  }
}
