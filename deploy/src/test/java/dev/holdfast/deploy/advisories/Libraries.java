package dev.holdfast.deploy.advisories;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The libraries of a class path, which lie in a Maven repository, and those that they hold inside
 * themselves under other names.
 */
final class Libraries {
  /** A POM's coordinates, which tools that put libraries together leave inside. */
  private static final Pattern COORDINATES =
      Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");

  private static final Pattern NETTY =
      Pattern.compile("META-INF/.*io\\.netty\\.versions\\.properties");

  /** Netty's modules by the package that is only there with them. */
  private static final Map<String, String> NETTY_MODULES =
      Map.of(
          "netty-common", "util",
          "netty-buffer", "buffer",
          "netty-codec", "handler/codec",
          "netty-codec-compression", "handler/codec/compression",
          "netty-codec-http", "handler/codec/http",
          "netty-codec-http2", "handler/codec/http2",
          "netty-handler", "handler/ssl",
          "netty-handler-proxy", "handler/proxy",
          "netty-resolver", "resolver",
          "netty-transport-native-epoll", "channel/epoll");

  /** As the metrics library names its copy. */
  private static final Pattern PROTOBUF =
      Pattern.compile(".*/com_google_protobuf_([0-9]+)_([0-9]+)_([0-9]+)/");

  /** Artifact and version. */
  private static final Pattern FILE = Pattern.compile("(.+?)-([0-9].*)\\.jar");

  private static final List<String> SHIPPED = List.of("store-node", "aggregator-node", "scripts");

  private Libraries() {}

  /**
   * Those of this process, and what else is shipped with a module, once it is packaged: known by
   * its file and what lies inside.
   */
  static List<Library> all() {
    List<Library> libraries = new ArrayList<>();
    String classPath = System.getProperty("java.class.path", "");
    for (String entry : Splitter.on(File.pathSeparatorChar).split(classPath)) {
      if (entry.endsWith(".jar")) {
        libraries.addAll(of(Path.of(entry)));
      }
    }
    Set<String> known = libraries.stream().map(Library::in).collect(toSet());
    for (String module : SHIPPED) {
      for (Path jar : shipped(Path.of("..", module, "target", "lib"))) {
        if (known.add(String.valueOf(jar.getFileName()))) {
          libraries.addAll(shippedAs(jar));
        }
      }
    }
    return libraries;
  }

  private static List<Path> shipped(Path directory) {
    if (!Files.isDirectory(directory)) {
      return abort(directory + " is not there: mvn package makes it");
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
  }

  private static List<Library> shippedAs(Path jar) {
    String name = String.valueOf(jar.getFileName());
    List<Library> libraries = new ArrayList<>(inside(jar, name));
    Matcher file = FILE.matcher(name);
    if (file.matches()) {
      libraries.add(Library.ofAnyGroup(file.group(1), file.group(2), name));
    }
    return libraries;
  }

  /** A file of a repository, and what is in it. */
  static List<Library> of(Path jar) {
    List<Library> libraries = new ArrayList<>();
    Path version = requireNonNull(jar.toAbsolutePath().getParent());
    String place = requireNonNull(version.getParent()).toString().replace(File.separatorChar, '/');
    String name = String.valueOf(jar.getFileName());
    libraries.add(new Library(place, new Version(String.valueOf(version.getFileName())), name));
    libraries.addAll(inside(jar, name));
    return libraries;
  }

  private static List<Library> inside(Path jar, String name) {
    List<Library> libraries = new ArrayList<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        libraries.addAll(inside(file, entry, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(jar.toString(), e);
    }
    return libraries;
  }

  private static List<Library> inside(ZipFile file, ZipEntry entry, String in) throws IOException {
    Matcher protobuf = PROTOBUF.matcher(entry.getName());
    if (protobuf.matches()) {
      String version = protobuf.group(1) + "." + protobuf.group(2) + "." + protobuf.group(3);
      return List.of(Library.named("com.google.protobuf:protobuf-java", version, in));
    }
    if (COORDINATES.matcher(entry.getName()).matches()) {
      Properties pom = properties(file, entry);
      String name = pom.getProperty("groupId") + ":" + pom.getProperty("artifactId");
      return List.of(Library.named(name, pom.getProperty("version", ""), in));
    }
    return NETTY.matcher(entry.getName()).matches() ? netty(file, entry, in) : List.of();
  }

  private static List<Library> netty(ZipFile file, ZipEntry entry, String in) throws IOException {
    String version = properties(file, entry).getProperty("netty-common.version", "");
    List<Library> modules = new ArrayList<>();
    NETTY_MODULES.forEach(
        (module, folder) -> {
          if (file.stream().anyMatch(each -> each.getName().endsWith("io/netty/" + folder + "/"))) {
            modules.add(Library.named("io.netty:" + module, version, in));
          }
        });
    return modules;
  }

  private static Properties properties(ZipFile file, ZipEntry entry) throws IOException {
    Properties properties = new Properties();
    try (InputStream content = file.getInputStream(entry)) {
      properties.load(content);
    }
    return properties;
  }
}
