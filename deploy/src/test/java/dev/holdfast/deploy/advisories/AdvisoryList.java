package dev.holdfast.deploy.advisories;

import dev.holdfast.deploy.advisories.Advisory.Accepted;
import dev.holdfast.deploy.advisories.Advisory.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The list of published weaknesses in the repository, {@code advisories.txt}.
 *
 * @param read when it was last compared with what is published
 */
record AdvisoryList(LocalDate read, List<Advisory> advisories) {
  static final int MONTHS_MAX = 3;

  private static final Pattern READ = Pattern.compile("read (\\d{4}-\\d{2}-\\d{2})");
  private static final Pattern HEAD = Pattern.compile("(GHSA(?:-[0-9a-z]{4}){3}) (\\S.*)");
  private static final Pattern RANGE =
      Pattern.compile(" {2}([\\w.-]+:[\\w.-]+) >=(\\S+)(?: <(\\S+))?");
  private static final Pattern ACCEPTED =
      Pattern.compile(" {2}accepted ([\\w.-]+:[\\w.-]+) (\\S+): (\\S.*)");

  static AdvisoryList parse(Path file) {
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AdvisoryList parse(List<String> lines) {
    LocalDate read = null;
    List<Advisory> advisories = new ArrayList<>();
    for (String line : lines) {
      Matcher day = READ.matcher(line);
      Matcher head = HEAD.matcher(line);
      if (day.matches()) {
        read = LocalDate.parse(day.group(1));
      } else if (head.matches()) {
        advisories.add(
            new Advisory(head.group(1), head.group(2), new ArrayList<>(), new ArrayList<>()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        add(line, advisories);
      }
    }
    if (read == null) {
      throw new IllegalArgumentException("no line: read YYYY-MM-DD");
    }
    return new AdvisoryList(read, advisories);
  }

  private static void add(String line, List<Advisory> advisories) {
    Matcher range = RANGE.matcher(line);
    Matcher accepted = ACCEPTED.matcher(line);
    if (advisories.isEmpty() || !(range.matches() || accepted.matches())) {
      throw new IllegalArgumentException("not a line of the list: " + line);
    }
    Advisory last = advisories.get(advisories.size() - 1);
    if (accepted.matches()) {
      Version version = new Version(accepted.group(2));
      last.accepted().add(new Accepted(accepted.group(1), version, accepted.group(3)));
    } else {
      String fixed = range.group(3);
      last.affected()
          .add(
              new Range(
                  range.group(1),
                  new Version(range.group(2)),
                  fixed == null ? null : new Version(fixed)));
    }
  }

  /** One line for each library that has a weakness, unless it is accepted. */
  List<String> hits(List<Library> libraries) {
    List<String> hits = new ArrayList<>();
    for (Advisory advisory : advisories) {
      for (Library library : libraries) {
        if (advisory.hits(library) && !advisory.accepts(library)) {
          hits.add(
              "%s: %s in %s: %s"
                  .formatted(advisory.id(), library.version(), library.in(), advisory.about()));
        }
      }
    }
    return hits;
  }

  /** What is accepted and needs not be any more. */
  List<Accepted> needless(List<Library> libraries) {
    return advisories.stream()
        .flatMap(
            advisory ->
                advisory.accepted().stream()
                    .filter(
                        each ->
                            libraries.stream()
                                .noneMatch(library -> each.is(library) && advisory.hits(library))))
        .toList();
  }

  /** What to say when the list is old; null when it is not. */
  @Nullable String warning(LocalDate today) {
    return read.plusMonths(MONTHS_MAX).isBefore(today)
        ? "advisories.txt was compared with what is published on %s, more than %d months ago: run scripts/check/scan-dependencies, add what it finds, and write today's date"
            .formatted(read, MONTHS_MAX)
        : null;
  }
}
