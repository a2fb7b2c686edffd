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
  private final Path project;

  Sources(Path project) {
    this.project = project;
  }

  Path project() {
    return project;
  }

  /** The main file that a bug is planted in. */
  Path file(PlantedBug bug) {
    return only(project.resolve(bug.module()).resolve("src/main/java"), bug.file(), bug.id());
  }

  /** The name of a test's class, with its package. */
  String className(PlantedBug.Guard guard, String id) {
    String simple = guard.test().replaceFirst("#.*", "");
    Path root = project.resolve(guard.module()).resolve("src/test/java");
    String path = root.relativize(only(root, simple + ".java", id)).toString();
    return path.replace(".java", "").replace('/', '.');
  }

  private static Path only(Path root, String name, String id) {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> found = files.filter(file -> file.endsWith(name)).toList();
      if (found.size() != 1) {
        throw new IllegalArgumentException(id + ": " + found.size() + " files are named " + name);
      }
      return found.get(0);
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
