package dev.holdfast.cli.proto;

import dev.holdfast.cli.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast proto export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes all contracts into a directory, with everything they import, so that protoc needs",
      "nothing else. Files of the same names there are replaced."
    },
    footer = {
      "",
      "Examples:",
      "  holdfast proto export protos",
      "",
      "and then, for Python, Go and others:",
      "  python -m grpc_tools.protoc -I protos --python_out=. --grpc_python_out=. holdfast/inventory/v1/inventory.proto",
      "  protoc -I protos --go_out=. --go-grpc_out=. holdfast/inventory/v1/inventory.proto",
    })
final class ProtoExportCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DIR", description = "made when it is missing")
  private Path directory = Path.of("");

  ProtoExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    int written = ProtoFiles.ofThisBuild().writeTo(directory);
    session.out().println(written + " files in " + directory + "; protoc -I " + directory);
    return 0;
  }
}
