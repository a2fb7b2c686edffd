package dev.holdfast.deploy.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The explanations of {@code scripts/check/mutations} are about methods that there are. Whether
 * their mutants survive, only a run can tell.
 */
final class MutationSurvivorsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Path TABLE =
      PROJECT.resolve("deploy/src/test/resources/mutation-survivors.txt");
  private static final Pattern ROW =
      Pattern.compile("([a-z-]+)/(\\w+)#(\\S+) [A-Z]\\w+( x[1-9]\\d*)?: \\S.*");

  @TestFactory
  List<DynamicTest> shouldFindTheMethodOfEachRow() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> DynamicTest.dynamicTest(line, () -> check(line)))
        .toList();
  }

  private static void check(String line) throws IOException {
    Matcher row = ROW.matcher(line);
    assertThat(row.matches()).as("MODULE/FILE#METHOD MUTATOR xCOUNT: reason").isTrue();
    String method = row.group(3);
    assertThat(source(row.group(1), row.group(2))).contains(isNamed(method) ? method : "");
  }

  /** Constructors and static initializers have no name of their own in a source. */
  private static boolean isNamed(String method) {
    return !method.startsWith("<");
  }

  private static String source(String module, String file) throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/main/java"))) {
      List<Path> found = files.filter(each -> each.endsWith(file + ".java")).toList();
      assertThat(found).hasSize(1);
      return Files.readString(found.get(0));
    }
  }
}
