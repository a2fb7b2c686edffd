package dev.holdfast.deploy.faults;

import dev.holdfast.proto.inventory.v1.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The stubs that Python callers need, generated from the contract by protoc. Python, its gRPC and
 * protoc come by scripts/check/ensure-client-languages.
 */
final class PythonStubs {
  static final String PYTHON = "/usr/bin/python3";

  private static final String PLUGIN = "/usr/bin/grpc_python_plugin";
  private static final List<String> PROTOS =
      List.of(
          "holdfast/inventory/v1/inventory.proto",
          "google/rpc/status.proto",
          "google/rpc/error_details.proto");

  private final Path directory;

  private PythonStubs(Path directory) {
    this.directory = directory;
  }

  /** The directory that Python has to look in. */
  Path directory() {
    return directory;
  }

  /** Whether Python callers can run on this machine. */
  static boolean areAvailable() throws IOException, InterruptedException {
    return Files.isExecutable(Path.of(PLUGIN))
        && Files.isExecutable(Path.of(PYTHON))
        && run(PYTHON, "-c", "import grpc, google.protobuf") == 0
        && run("sh", "-c", "protoc --version") == 0;
  }

  static PythonStubs generate(Path directory) throws IOException, InterruptedException {
    Path protos = Files.createDirectories(directory.resolve("protos"));
    for (String proto : PROTOS) {
      copy(proto, protos.resolve(proto));
    }
    List<String> command =
        Stream.concat(
                Stream.of(
                    "protoc",
                    "--plugin=protoc-gen-grpc_python=" + PLUGIN,
                    "-I" + protos,
                    "--python_out=" + directory,
                    "--grpc_python_out=" + directory),
                PROTOS.stream())
            .toList();
    int code = run(command.toArray(String[]::new));
    if (code != 0) {
      throw new IOException(command + " ended with " + code);
    }
    return new PythonStubs(directory);
  }

  private static void copy(String proto, Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent(), "it lies in protos"));
    ClassLoader classes = Position.class.getClassLoader();
    try (InputStream text =
        Objects.requireNonNull(classes.getResourceAsStream(proto), "on the class path: " + proto)) {
      Files.copy(text, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }
}
