package dev.holdfast.deploy.shims;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * A program that the shims are preloaded into: one line of input is a task, one of output tells.
 */
final class ShimProbe {
  /** Enough for the compiler to put its own code in place of the call. */
  private static final int CALLS_UNTIL_COMPILED = 200_000;

  private ShimProbe() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String task = tasks.readLine(); task != null; task = tasks.readLine()) {
      String[] words = task.split(" ", 2);
      long started = System.nanoTime();
      String outcome = outcome(words[0], words[1]);
      System.out.println((System.nanoTime() - started) / 1_000_000 + " " + outcome);
    }
  }

  private static String outcome(String task, String argument) {
    try {
      return switch (task) {
        case "clock" -> clock();
        case "nap" -> nap(Long.parseLong(argument));
        case "write" -> write(Path.of(argument), false);
        case "sync" -> write(Path.of(argument), true);
        case "map" -> map(Path.of(argument));
        case "rocks" -> rocks(argument);
        default -> throw new IllegalArgumentException(task);
      };
    } catch (IOException | UncheckedIOException | RocksDBException | InterruptedException e) {
      return e.toString();
    }
  }

  private static String clock() {
    long wall = 0;
    for (int i = 0; i < CALLS_UNTIL_COMPILED; i++) {
      wall = System.currentTimeMillis();
    }
    return wall + " " + System.nanoTime();
  }

  /** Nobody wakes it up. */
  private static String nap(long millis) throws InterruptedException {
    return new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS) ? "woken up" : "ok";
  }

  private static String write(Path file, boolean sync) throws IOException {
    try (FileChannel channel = open(file)) {
      channel.write(ByteBuffer.allocate(1));
      if (sync) {
        channel.force(true);
      }
    }
    return "ok";
  }

  private static String map(Path file) throws IOException {
    try (FileChannel channel = open(file)) {
      MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 1);
      mapped.put(0, (byte) 1);
      mapped.force();
    }
    return "ok";
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Opens a database anew each time: one whose log could not be synced refuses from then on. */
  private static String rocks(String directory) throws RocksDBException, IOException {
    Files.createDirectories(Path.of(directory));
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB db = RocksDB.open(options, directory);
        WriteOptions synced = new WriteOptions().setSync(true)) {
      db.put(synced, "key".getBytes(UTF_8), "value".getBytes(UTF_8));
      return "ok";
    }
  }
}
