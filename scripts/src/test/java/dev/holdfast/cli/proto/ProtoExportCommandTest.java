package dev.holdfast.cli.proto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ClientExamplesIT} compiles what is written here with protoc, in several languages. */
final class ProtoExportCommandTest {
  private static final Path SOURCES = Path.of("../proto/src/main/proto");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import \"([^\"]+)\";");

  @TempDir Path temporary;

  @Test
  void shouldWriteEveryContractUnchanged() throws IOException {
    Path directory = export("new/protos");

    for (String name : namesIn(SOURCES)) {
      assertThat(directory.resolve(name)).hasSameTextualContentAs(SOURCES.resolve(name));
    }
    assertThat(namesIn(directory))
        .containsAll(namesIn(SOURCES))
        .contains("google/rpc/status.proto", "google/rpc/error_details.proto");
  }

  @Test
  void shouldWriteAllThatIsImported() throws IOException {
    Path directory = export("protos");

    assertThat(namesIn(directory)).containsAll(importsIn(directory));
  }

  @Test
  void shouldReplaceWhatAnOlderBuildWrote() throws IOException {
    Path directory = export("protos");
    Path file = directory.resolve("holdfast/inventory/v1/inventory.proto");
    Files.writeString(file, "old");

    export("protos");

    assertThat(file).content().contains("service InventoryService");
  }

  @Test
  void shouldSayWhenTheDirectoryCannotBeWritten() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));

    CliRun run = CliRun.of("proto", "export", file.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(file + " cannot be written").doesNotContain("\tat ");
  }

  private Path export(String name) {
    Path directory = temporary.resolve(name);
    CliRun run = CliRun.of("proto", "export", directory.toString());
    assertThat(run.code()).as(run.err()).isZero();
    return directory;
  }

  private static Set<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".proto"))
          .map(file -> directory.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> importsIn(Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String name : List.copyOf(namesIn(directory))) {
      IMPORT
          .matcher(Files.readString(directory.resolve(name)))
          .results()
          .forEach(found -> names.add(found.group(1)));
    }
    return names;
  }
}
