package dev.holdfast.cli.audit;

import dev.holdfast.cli.UsageException;
import dev.holdfast.common.audit.AuditFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The directories of audit streams. */
public final class AuditFolders {
  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description =
          "the audit directory of a node, or its data directory; several for several nodes")
  private List<Path> directories = List.of();

  List<AuditFolder> open() {
    List<AuditFolder> folders = new ArrayList<>();
    for (Path directory : directories) {
      try {
        folders.add(AuditFolder.of(directory));
      } catch (IOException e) {
        throw new UsageException("DIR: no audit stream can be read there: " + e.getMessage());
      }
    }
    return folders;
  }
}
