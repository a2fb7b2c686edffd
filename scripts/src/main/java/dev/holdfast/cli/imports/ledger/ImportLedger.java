package dev.holdfast.cli.imports.ledger;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The records of the imports into one cluster: a small file each, replaced as a whole. */
public final class ImportLedger {
  private static final String SUFFIX = ".import";
  private static final String END = "end.";
  private static final int NAME_CHARS = 16;

  private final Path directory;

  /**
   * @param cluster identifies the cluster
   */
  public ImportLedger(Path stateDirectory, String cluster) {
    directory = stateDirectory.resolve("imports").resolve(hash(cluster));
  }

  public List<ImportRecord> all() throws IOException {
    List<ImportRecord> records = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        records.add(read(file));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return records;
  }

  public void save(ImportRecord record) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(hash(record.id()) + SUFFIX);
    Path whole = Files.createTempFile(directory, "new", ".tmp");
    try (Writer out = Files.newBufferedWriter(whole, StandardCharsets.UTF_8)) {
      properties(record).store(out, "An import of holdfast; see: holdfast import --help");
    }
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The journal of an import's lines. */
  public Path linesOf(ImportRecord record) {
    return directory.resolve(hash(record.id()) + ".lines");
  }

  private static Properties properties(ImportRecord record) {
    Properties properties = new Properties();
    properties.setProperty("id", record.id());
    properties.setProperty("path", record.path());
    properties.setProperty("versions", String.join(" ", record.versions()));
    properties.setProperty("started", Long.toString(record.startedMillis()));
    properties.setProperty("used", Long.toString(record.usedMillis()));
    properties.setProperty("finished", Boolean.toString(record.run().finished()));
    properties.setProperty("rounds", Integer.toString(record.run().rounds()));
    record
        .run()
        .ends()
        .forEach((partition, end) -> properties.setProperty(END + partition, Long.toString(end)));
    return properties;
  }

  private static ImportRecord read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
      return record(properties);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: remove it, which forgets that import", e);
    }
  }

  private static ImportRecord record(Properties from) {
    Map<Integer, Long> ends = new TreeMap<>();
    for (String name : from.stringPropertyNames()) {
      if (name.startsWith(END)) {
        ends.put(Integer.valueOf(name.substring(END.length())), number(from, name));
      }
    }
    ImportRecord.Run run =
        new ImportRecord.Run(
            Boolean.parseBoolean(text(from, "finished")), (int) number(from, "rounds"), ends);
    Set<String> versions =
        Arrays.stream(text(from, "versions").split(" ", -1)).collect(Collectors.toSet());
    return new ImportRecord(
        text(from, "id"),
        text(from, "path"),
        versions,
        number(from, "started"),
        number(from, "used"),
        run);
  }

  private static String text(Properties from, String name) {
    String value = from.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private static long number(Properties from, String name) {
    return Long.parseLong(text(from, name));
  }

  private static String hash(String text) {
    return Hashing.sha256()
        .hashString(text, StandardCharsets.UTF_8)
        .toString()
        .substring(0, NAME_CHARS);
  }
}
