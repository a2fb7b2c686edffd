package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that people can read: short table cells, links that lead somewhere, and a map of all. */
final class DocsTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCS = HOME.resolve("docs");
  private static final int CELL_MAX = 200;
  private static final List<String> MODULES = List.of("common", "store-node", "aggregator-node");
  private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+)[.\\w]*`");
  private static final Pattern TEST = Pattern.compile("`(?:[\\w.]+/)*([A-Z][a-z]\\w*(?:Test|IT))`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)]*)?\\)");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(DOCS)) {
      return Stream.concat(Stream.of(HOME.resolve("README.md")), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  /** The rows of bugs.md are history, and stay as they were written. */
  @ParameterizedTest
  @MethodSource("pages")
  void shouldHaveShortTableCells(Path page) throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("|") && !page.endsWith("bugs.md")) {
        Stream.of(line.split("(?<!\\\\)\\|", -1))
            .map(String::trim)
            .filter(cell -> cell.length() > CELL_MAX)
            .forEach(tooLong::add);
      }
    }

    assertThat(tooLong).as("cells over %d characters", CELL_MAX).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void shouldLinkToFilesThatExist(Path page) throws IOException {
    Matcher links = LINK.matcher(Files.readString(page));
    while (links.find()) {
      assertThat(page.resolveSibling(links.group(1))).as(links.group()).exists();
    }
  }

  /** A name such as {@code decide/Dispatcher}, by the end of its path. */
  @Test
  void shouldNameClassesThatExist() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(HOME.resolve(module).resolve("src"))) {
        files.map(Path::toString).forEach(sources::add);
      }
    }
    Matcher names = CLASS.matcher(Files.readString(DOCS.resolve("ARCHITECTURE.md")));
    List<String> missing = new ArrayList<>();
    int found = 0;
    while (names.find()) {
      found++;
      String end = "/" + names.group(1) + ".java";
      if (sources.stream().noneMatch(source -> source.endsWith(end))) {
        missing.add(names.group(1));
      }
    }

    assertThat(found).isGreaterThan(100);
    assertThat(missing).isEmpty();
  }

  /** A promise without its test would look kept. */
  @ParameterizedTest
  @MethodSource("pages")
  void shouldNameTestsThatExist(Path page) throws IOException {
    Set<String> tests = new HashSet<>();
    try (Stream<Path> files = Files.walk(HOME, 20)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.java") || name.endsWith("IT.java"))
          .forEach(name -> tests.add(name.replace(".java", "")));
    }
    Matcher named = TEST.matcher(Files.readString(page));
    List<String> missing = new ArrayList<>();
    while (named.find()) {
      if (!tests.contains(named.group(1))) {
        missing.add(named.group(1));
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void shouldMapEveryPage() throws IOException {
    String map = Files.readString(DOCS.resolve("README.md"));
    try (Stream<Path> docs = Files.list(DOCS)) {
      assertThat(docs.map(page -> page.getFileName().toString()))
          .filteredOn(name -> !name.equals("README.md"))
          .allSatisfy(name -> assertThat(map).contains("](" + name));
    }
  }
}
