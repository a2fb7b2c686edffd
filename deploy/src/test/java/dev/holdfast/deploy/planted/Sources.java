package dev.holdfast.deploy.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The project's sources, in which bugs are planted: in copies, never in the files themselves. */
final class Sources {
  private static final String MAIN = "src/main/java";
  private static final String TEST = "src/test/java";

  private final Path project;

  Sources(Path project) {
    this.project = project;
  }

  Path project() {
    return project;
  }

  /** The file that a bug is planted in: of the main code, or of the tests. */
  Path file(PlantedBug bug) {
    return only(bug.module(), List.of(MAIN, TEST), bug.file(), bug.id());
  }

  /** Whether a test's class has the method. */
  boolean hasMethod(PlantedBug.Guard guard) {
    String name = guard.method().replace("#", " ") + "(";
    return guard.method().isEmpty()
        || lines(file(guard)).stream().anyMatch(line -> line.contains(name));
  }

  private Path file(PlantedBug.Guard guard) {
    return only(guard.module(), List.of(TEST), guard.className() + ".java", guard.toString());
  }

  /** The name of a test's class, with its package. */
  String className(PlantedBug.Guard guard) {
    Path root = project.resolve(guard.module()).resolve(TEST);
    String path = root.relativize(file(guard)).toString();
    return path.replace(".java", "").replace('/', '.');
  }

  private Path only(String module, List<String> roots, String name, String wantedBy) {
    List<Path> found = new ArrayList<>();
    for (String root : roots) {
      Path directory = project.resolve(module).resolve(root);
      if (Files.isDirectory(directory)) {
        found.addAll(find(directory, name));
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          wantedBy + ": " + found.size() + " files are named " + name);
    }
    return found.get(0);
  }

  private static List<Path> find(Path root, String name) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.endsWith(name)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's text with the bug in it. */
  String planted(PlantedBug bug) {
    List<String> lines = lines(file(bug));
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i + bug.text().size() <= lines.size(); i++) {
      if (stripped(lines.subList(i, i + bug.text().size())).equals(bug.text())) {
        places.add(i);
      }
    }
    if (places.size() != 1) {
      throw new IllegalArgumentException(
          bug.id() + ": its text occurs " + places.size() + " times in " + bug.file());
    }
    int place = places.get(0);
    List<String> planted = new ArrayList<>(lines.subList(0, place));
    planted.addAll(bug.replacement());
    planted.addAll(lines.subList(place + bug.text().size(), lines.size()));
    return String.join("\n", planted) + "\n";
  }

  private static List<String> stripped(List<String> lines) {
    return lines.stream().map(String::strip).toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
