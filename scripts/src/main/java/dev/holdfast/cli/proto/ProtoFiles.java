package dev.holdfast.cli.proto;

import dev.holdfast.proto.inventory.v1.ReserveRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The .proto files of a build, by the names under which they import each other. */
final class ProtoFiles {
  private static final ClassLoader LOADER = ReserveRequest.class.getClassLoader();
  private static final String OURS = "holdfast";
  private static final String ONE_OF_OURS = "holdfast/inventory/v1/inventory.proto";

  /** Nothing imports it, but refusals carry its messages. */
  private static final String DETAILS = "google/rpc/error_details.proto";

  private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:public )?\"([^\"]+)\";");

  private final Map<String, byte[]> files = new TreeMap<>();

  private ProtoFiles() {}

  static ProtoFiles ofThisBuild() throws IOException {
    ProtoFiles found = new ProtoFiles();
    Deque<String> wanted = new ArrayDeque<>(ours());
    wanted.add(DETAILS);
    while (!wanted.isEmpty()) {
      String name = wanted.remove();
      if (!found.files.containsKey(name)) {
        byte[] file = read(name);
        found.files.put(name, file);
        IMPORT
            .matcher(new String(file, StandardCharsets.UTF_8))
            .results()
            .forEach(line -> wanted.add(line.group(1)));
      }
    }
    return found;
  }

  /** Writes them all; tells how many there are. */
  int writeTo(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.write(path, file.getValue());
    }
    return files.size();
  }

  private static List<String> ours() throws IOException {
    URL one = Objects.requireNonNull(LOADER.getResource(ONE_OF_OURS));
    try {
      if (one.getProtocol().equals("file")) {
        String path = Path.of(one.toURI()).toString();
        return names(Path.of(path.substring(0, path.length() - ONE_OF_OURS.length())));
      }
      URI jar = URI.create(one.toString().replaceFirst("!/.*", "!/"));
      try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of())) {
        return names(inside.getPath("/"));
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(OURS))) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".proto"))
          .toList();
    }
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream file = LOADER.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("this build has no " + name);
      }
      return file.readAllBytes();
    }
  }
}
