package dev.holdfast.cli.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.holdfast.cli.UsageException;
import dev.holdfast.proto.inventory.v1.SubmitOrderRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Operations of an order as JSON, with the names of order.proto. */
final class OrderFile {
  private static final String STDIN = "-";

  private OrderFile() {}

  static void read(String file, SubmitOrderRequest.Builder order) {
    try {
      JsonFormat.parser().merge(text(file), order);
    } catch (InvalidProtocolBufferException e) {
      throw new UsageException(file + " is no order: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String file) throws IOException {
    return file.equals(STDIN)
        ? new String(System.in.readAllBytes(), UTF_8)
        : Files.readString(Path.of(file));
  }
}
