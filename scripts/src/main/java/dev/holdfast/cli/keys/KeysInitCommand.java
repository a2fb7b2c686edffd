package dev.holdfast.cli.keys;

import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.FailedException;
import dev.holdfast.common.crypt.Keyset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast keys init}. */
@Command(
    name = "init",
    description = "Makes a keyset with one master key, readable by its owner only.",
    footer = {
      "",
      "Example:",
      "  holdfast keys init keyset.json",
      "Copy it to every node of the cluster, not below a data directory, and set on each of them",
      "holdfast.encryption.enabled=true and holdfast.encryption.keyset.",
    })
public final class KeysInitCommand extends CliCommand implements Runnable {
  @Parameters(paramLabel = "FILE", description = "the new keyset; must not exist")
  private Path file = Path.of("");

  @Override
  public void run() {
    if (Files.exists(file)) {
      throw new FailedException(file + " exists; to add a key to it: holdfast keys rotate " + file);
    }
    Keyset keyset = Keyset.create(new SecureRandom());
    try {
      keyset.write(file);
    } catch (IOException e) {
      throw new FailedException(file + " cannot be written: " + e, e);
    }
    out().println("made " + keyset.primary() + " in " + file);
  }
}
