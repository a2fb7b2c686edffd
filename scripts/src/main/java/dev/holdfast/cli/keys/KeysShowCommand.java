package dev.holdfast.cli.keys;

import dev.holdfast.cli.CliCommand;
import dev.holdfast.cli.FailedException;
import dev.holdfast.common.crypt.DatabaseKeys;
import dev.holdfast.common.crypt.Keyset;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast keys show}. */
@Command(
    name = "show",
    description = {
      "Shows the ids of a keyset, and which databases, snapshots and backups below some directories need which of them.",
      "Shows no key.",
    },
    footer = {
      "",
      "Example:",
      "  holdfast keys show keyset.json --in /var/lib/holdfast --in /backups",
    })
public final class KeysShowCommand extends CliCommand implements Runnable {
  @Parameters(paramLabel = "FILE", description = "the keyset")
  private Path file = Path.of("");

  @Option(
      names = "--in",
      paramLabel = "DIR",
      description = "look below this directory; may be repeated")
  private List<Path> directories = new ArrayList<>();

  @Override
  public void run() {
    try {
      Keyset keyset = Keyset.read(file);
      Map<String, List<Path>> needed = needed();
      Map<String, List<Path>> shown = new TreeMap<>(needed);
      keyset.keys().keySet().forEach(id -> shown.putIfAbsent(id, List.of()));
      shown.forEach((id, where) -> show(keyset, id, where));
    } catch (IOException e) {
      throw new FailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void show(Keyset keyset, String id, List<Path> where) {
    String state = id.equals(keyset.primary()) ? "primary" : "unwraps only";
    String known = keyset.keys().containsKey(id) ? state : "MISSING";
    out().printf("%s  %s  %d databases%n", id, known, where.size());
    where.forEach(each -> out().println("  " + each));
  }

  private Map<String, List<Path>> needed() throws IOException {
    Map<String, List<Path>> needed = new TreeMap<>();
    for (Path directory : directories) {
      if (!Files.isDirectory(directory)) {
        throw new FailedException("--in: there is no directory " + directory);
      }
      for (Path each : encrypted(directory)) {
        needed.computeIfAbsent(DatabaseKeys.masterOf(each), id -> new ArrayList<>()).add(each);
      }
    }
    return needed;
  }

  /** Of a node that runs: files may go meanwhile. */
  private static SortedSet<Path> encrypted(Path root) throws IOException {
    SortedSet<Path> found = new TreeSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes now) {
            if (DatabaseKeys.existIn(directory)) {
              found.add(directory);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException && !file.equals(root)) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return found;
  }
}
