package dev.holdfast.cli.keys;

import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.FailedException;
import dev.holdfast.common.crypt.Keyset;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast keys rotate}. */
@Command(
    name = "rotate",
    description = {
      "Adds a new primary master key to a keyset, or removes one that nothing needs any more. Running nodes notice a",
      "changed file within 10 s and wrap the keys of their databases again; rows are not rewritten.",
    },
    footer = {
      "",
      "Examples:",
      "  holdfast keys rotate keyset.json",
      "Copy the file to every node. Later, when holdfast keys show finds no database that needs the old key:",
      "  holdfast keys rotate keyset.json --remove master-5f3a9c01",
    })
public final class KeysRotateCommand extends CliCommand implements Runnable {
  @Parameters(paramLabel = "FILE", description = "the keyset")
  private Path file = Path.of("");

  @Option(names = "--remove", paramLabel = "ID", description = "remove this key; adds none")
  private String removed = "";

  @Override
  public void run() {
    try {
      Keyset keyset = Keyset.read(file);
      Keyset changed =
          removed.isEmpty() ? keyset.rotated(new SecureRandom()) : keyset.without(removed);
      changed.write(file);
      out()
          .println(
              removed.isEmpty() ? "the primary key is " + changed.primary() : "removed " + removed);
    } catch (IllegalArgumentException e) {
      throw new FailedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new FailedException(String.valueOf(e.getMessage()), e);
    }
  }
}
