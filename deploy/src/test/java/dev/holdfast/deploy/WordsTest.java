package dev.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules for words that a machine can check. The glossary is in docs/ARCHITECTURE.md. */
final class WordsTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> MODULES =
      List.of("common", "store-node", "aggregator-node", "scripts");

  /** A comment right before a type, or before annotations of it. */
  private static final Pattern TYPE_COMMENT =
      Pattern.compile(
          "(?m)^/\\*\\*[\\s*]*(\\w+)(?:[^*]|\\*(?!/))*\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*"
              + "(?:public |abstract |final |sealed |non-sealed )*"
              + "(?:class|interface|record|enum|@interface|package)\\b");

  private static final Pattern CLAUSE =
      Pattern.compile("What|Whatever|Who|Whoever|Where|When|How|Whether|Which|That|Those|As|If");

  @Test
  void shouldBeginTheCommentOfATypeWithANounOrAVerb() {
    assertThat(
            sources()
                .filter(
                    file -> {
                      Matcher comment = TYPE_COMMENT.matcher(text(file));
                      return comment.find() && CLAUSE.matcher(comment.group(1)).matches();
                    }))
        .isEmpty();
  }

  @Test
  void shouldFindTheCommentsOfTypes() {
    long commented = sources().filter(file -> TYPE_COMMENT.matcher(text(file)).find()).count();

    assertThat(commented).isGreaterThan(sources().count() * 3 / 4);
  }

  @Test
  void shouldWriteCannotAsOneWord() {
    Pattern twoWords = Pattern.compile("(?i)\\bcan[\\s*/#]+not\\b(?! only)");

    assertThat(Stream.concat(sources(), contractsAndDocs()).filter(f -> matches(twoWords, f)))
        .isEmpty();
  }

  /** In both nodes alike: a service answers calls, a mapper reads requests, a fold applies. */
  @Test
  void shouldNameARoleByOneSuffix() {
    Pattern other = Pattern.compile("(?<!Http)Api|.*Requests|Evolve.*|.*Evolve");

    assertThat(nodeSources().map(WordsTest::simpleName).filter(n -> other.matcher(n).matches()))
        .isEmpty();
  }

  @Test
  void shouldCallEveryLoggerLog() {
    Pattern other = Pattern.compile("Logger (?!LOG\\b)\\w+ = LoggerFactory");

    assertThat(sources().filter(file -> matches(other, file))).isEmpty();
  }

  private static boolean matches(Pattern pattern, Path file) {
    return pattern.matcher(text(file)).find();
  }

  private static String simpleName(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static Stream<Path> nodeSources() {
    return sources().filter(file -> file.toString().contains("-node/"));
  }

  private static Stream<Path> sources() {
    return MODULES.stream()
        .flatMap(module -> files(ROOT.resolve(module).resolve("src/main/java"), ".java"));
  }

  private static Stream<Path> contractsAndDocs() {
    return Stream.of(
            files(ROOT.resolve("proto/src/main/proto"), ".proto"),
            files(ROOT.resolve("docs"), ".md"),
            Stream.of(ROOT.resolve("README.md")))
        .flatMap(found -> found);
  }

  private static Stream<Path> files(Path directory, String suffix) {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
