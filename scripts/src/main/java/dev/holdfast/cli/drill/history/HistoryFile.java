package dev.holdfast.cli.drill.history;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A history and its log in a file: gzip of JSON, one object per line for each call and each event.
 * Lines, so that a person can search, cut and shorten a failing history; JSON, so that clients in
 * other languages can write what they did (requests and answers in protobuf's JSON).
 */
public final class HistoryFile {
  private HistoryFile() {}

  /** The content of a file; the log is null when there is none. */
  public record Content(History history, @Nullable EventLog log) {}

  public static void write(Path file, History history, @Nullable EventLog log) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
        BufferedWriter lines =
            new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      for (PackedCall call : history.packed()) {
        lines.write(CallLine.of(call.unpack()));
        lines.newLine();
      }
      if (log != null) {
        for (int partition : log.partitions()) {
          for (LogEntry entry : log.of(partition)) {
            lines.write(EntryLine.of(entry));
            lines.newLine();
          }
        }
      }
    }
  }

  /** A call as in a file: an object in JSON. */
  public static String line(Call call) {
    try {
      return CallLine.of(call);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a detail of an unknown type in " + call, e);
    }
  }

  public static Content read(Path file) throws IOException {
    History history = new History();
    EventLog log = new EventLog();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonLine json = JsonLine.parse(line);
        if (json.has("request")) {
          history.add(CallLine.parse(json));
        } else {
          log.add(EntryLine.parse(json));
        }
      }
    }
    return new Content(history, log.partitions().isEmpty() ? null : log);
  }
}
