package dev.holdfast.cli.proto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.holdfast.cli.CliRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has the exported files, and protoc, has all that is needed. */
final class ProtoExportTest {
  private static final Path SOURCES = Path.of("../proto/src/main/proto");

  @TempDir private Path directory;

  @Test
  void shouldWriteAllThatProtocNeeds() throws Exception {
    Path protos = directory.resolve("protos");

    CliRun run = CliRun.of("proto", "export", protos.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(protoFiles(protos)).containsAll(protoFiles(SOURCES));
    assertThat(protoFiles(protos)).contains("google/rpc/error_details.proto");
    assertThat(compile(protos)).isEmpty();
    assertThat(directory.resolve("all.binpb")).isNotEmptyFile();
  }

  @Test
  void shouldSayWhyItCannotWrite() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    CliRun run = CliRun.of("proto", "export", file.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("holdfast proto export: ").contains(file.toString());
  }

  /** With nothing but these files to import from: what protoc said. */
  private String compile(Path protos) throws Exception {
    List<String> command = new ArrayList<>(List.of(protoc().toString()));
    command.addAll(List.of("-I", protos.toString()));
    command.add("--descriptor_set_out=" + directory.resolve("all.binpb"));
    command.addAll(protoFiles(protos));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  /** A copy that may be executed of the one that the build has fetched, beside its library. */
  private Path protoc() throws IOException, URISyntaxException {
    CodeSource source = Objects.requireNonNull(Message.class.getProtectionDomain().getCodeSource());
    Path group = Path.of(source.getLocation().toURI()).resolve("../../..").normalize();
    Path fetched =
        group.resolve("protoc").resolve(versionOf(Path.of(source.getLocation().toURI())));
    try (Stream<Path> files = Files.list(fetched)) {
      Path found = files.filter(file -> file.toString().endsWith(".exe")).findAny().orElseThrow();
      Path copy = Files.copy(found, directory.resolve("protoc"));
      assertThat(copy.toFile().setExecutable(true)).isTrue();
      return copy;
    }
  }

  /** A repository has a folder for each version. */
  private static Path versionOf(Path library) {
    return library.getName(library.getNameCount() - 2);
  }

  private static List<String> protoFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".proto"))
          .sorted()
          .toList();
    }
  }
}
