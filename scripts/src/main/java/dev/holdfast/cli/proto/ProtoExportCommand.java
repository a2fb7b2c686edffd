package dev.holdfast.cli.proto;

import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.FailedException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast proto export}. */
@Command(
    name = "export",
    description = {
      "Writes all .proto files, including the imported Google files and those for error details: nothing else is",
      "needed to compile them. Replaces files of the same names and leaves others alone.",
    },
    footer = {
      "",
      "Example:",
      "  holdfast proto export protos",
      "and then, for instance",
      "  protoc -I protos --python_out=. $(cd protos && find holdfast google/rpc -name '*.proto')",
      "",
      "docs/CLIENTS.md has this and a whole client for Python, Node, Go and Java.",
    })
public final class ProtoExportCommand extends CliCommand implements Runnable {
  @Parameters(paramLabel = "DIR", description = "target directory; created when missing")
  private Path directory = Path.of("");

  @Override
  public void run() {
    try {
      int files = ProtoFiles.exportTo(directory);
      out().println(files + " files in " + directory);
    } catch (IOException e) {
      throw new FailedException(directory + " cannot be written: " + e, e);
    }
  }
}
