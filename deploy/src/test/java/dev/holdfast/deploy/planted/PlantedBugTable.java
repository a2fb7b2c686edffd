package dev.holdfast.deploy.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The table of planted bugs. A bug is a paragraph:
 *
 * <pre>
 * ## AREA, once above its bugs
 *
 * ID promise: what is broken
 *   in MODULE/File.java
 *   - a line of the file, without its indentation; several lines follow each other in the file
 *   + a line that takes their place; none deletes them
 *   by Test, module/Test#method, Test (or hangs)
 * </pre>
 */
final class PlantedBugTable {
  private static final String COMMENT = "#";
  private static final String AREA = "## ";
  private static final String HANGS = " (or hangs)";

  private PlantedBugTable() {}

  static List<PlantedBug> read(Path file) {
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<PlantedBug> parse(List<String> lines) {
    List<PlantedBug> bugs = new ArrayList<>();
    List<String> paragraph = new ArrayList<>();
    String area = "";
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith(COMMENT)) {
        paragraph.add(line);
      } else if (!paragraph.isEmpty()) {
        bugs.add(bug(area, paragraph));
        paragraph.clear();
      }
      if (line.startsWith(AREA)) {
        area = line.substring(AREA.length());
      }
    }
    if (!paragraph.isEmpty()) {
      bugs.add(bug(area, paragraph));
    }
    Set<String> ids = new HashSet<>();
    for (PlantedBug bug : bugs) {
      if (!ids.add(bug.id())) {
        throw new IllegalArgumentException("two planted bugs have the id " + bug.id());
      }
    }
    return bugs;
  }

  private static PlantedBug bug(String area, List<String> paragraph) {
    String[] title = paragraph.get(0).split(" ", 2);
    String id = title[0];
    String place = value(paragraph, "in", id);
    int slash = place.indexOf('/');
    if (title.length < 2 || slash < 0) {
      throw new IllegalArgumentException(id + ": needs a promise, and MODULE/File.java");
    }
    String module = place.substring(0, slash);
    return new PlantedBug(
        area,
        id,
        title[1],
        module,
        place.substring(slash + 1),
        values(paragraph, "-"),
        values(paragraph, "+"),
        guards(value(paragraph, "by", id), module));
  }

  private static List<PlantedBug.Guard> guards(String names, String module) {
    List<PlantedBug.Guard> guards = new ArrayList<>();
    for (String each : names.split(",\\s*", -1)) {
      boolean mayHang = each.endsWith(HANGS);
      String name = mayHang ? each.substring(0, each.length() - HANGS.length()) : each;
      int slash = name.indexOf('/');
      guards.add(
          slash < 0
              ? new PlantedBug.Guard(module, name, mayHang)
              : new PlantedBug.Guard(name.substring(0, slash), name.substring(slash + 1), mayHang));
    }
    return guards;
  }

  private static String value(List<String> paragraph, String key, String id) {
    List<String> values = values(paragraph, key);
    if (values.size() != 1) {
      throw new IllegalArgumentException(id + ": needs one line that begins with '" + key + "'");
    }
    return values.get(0);
  }

  private static List<String> values(List<String> paragraph, String key) {
    return paragraph.stream()
        .skip(1)
        .map(String::strip)
        .filter(line -> line.equals(key) || line.startsWith(key + " "))
        .map(line -> line.substring(key.length()).strip())
        .toList();
  }
}
