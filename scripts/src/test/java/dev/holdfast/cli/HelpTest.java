package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Every command explains itself, and every example in a help text is one that would be accepted.
 */
final class HelpTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @ParameterizedTest
  @MethodSource("commands")
  void shouldExplainItselfWithExamples(String command) {
    StringWriter out = new StringWriter();
    CommandLine root = commandLine(new PrintWriter(out));

    int code = root.execute((command + " --help").trim().split(" ", -1));

    assertThat(code).isZero();
    assertThat(out.toString()).contains("Usage: holdfast").contains("Example");
    assertThat(find(root, command).getCommandSpec().usageMessage().description()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldAcceptItsOwnExamples(String example) {
    List<String> words = words(example);

    commandLine(new PrintWriter(new StringWriter()))
        .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void shouldStandInTheReadme(String command) throws IOException {
    assertThat(Files.readString(Path.of("../README.md"))).contains("\n| `" + command + "` | ");
  }

  static List<String> leaves() {
    CommandLine root = commandLine(new PrintWriter(new StringWriter()));
    return commands().stream().filter(name -> find(root, name).getSubcommands().isEmpty()).toList();
  }

  @Test
  void shouldFindManyExamples() {
    assertThat(examples()).hasSizeGreaterThan(25);
  }

  static List<String> commands() {
    List<String> names = new ArrayList<>();
    collect(commandLine(new PrintWriter(new StringWriter())), "", names);
    return names;
  }

  static List<String> examples() {
    CommandLine root = commandLine(new PrintWriter(new StringWriter()));
    return commands().stream()
        .flatMap(name -> Stream.of(find(root, name).getCommandSpec().usageMessage().footer()))
        .map(String::trim)
        .filter(line -> line.startsWith("holdfast "))
        .map(line -> line.replaceFirst(" > \\S+$", ""))
        .toList();
  }

  private static void collect(CommandLine command, String name, List<String> names) {
    names.add(name.trim());
    command.getSubcommands().forEach((word, sub) -> collect(sub, name + " " + word, names));
  }

  private static CommandLine find(CommandLine root, String name) {
    CommandLine found = root;
    for (String word : Arrays.stream(name.split(" ", -1)).filter(w -> !w.isEmpty()).toList()) {
      found = Objects.requireNonNull(found.getSubcommands().get(word), word);
    }
    return found;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  private static CommandLine commandLine(PrintWriter out) {
    return Holdfast.commandLine(new Session(out, out));
  }
}
