package dev.holdfast.aggregator.testing;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of gRPC calls, for callers that keep to no protocol behind them. */
public final class RawGrpc {
  private static final int HEADERS = 1;
  private static final int DATA = 0;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private RawGrpc() {}

  /** What opens a connection. */
  public static byte[] opening() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
    return bytes.toByteArray();
  }

  /**
   * One whole call.
   *
   * @param number from 0, of the calls of a connection
   */
  public static byte[] call(String method, MessageLite request, int number) {
    int stream = 2 * number + 1;
    byte[] message = request.toByteArray();
    byte[] data =
        ByteBuffer.allocate(5 + message.length)
            .put((byte) 0)
            .putInt(message.length)
            .put(message)
            .array();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(frame(HEADERS, END_HEADERS, stream, headers(method)));
    bytes.writeBytes(frame(DATA, END_STREAM, stream, data));
    return bytes.toByteArray();
  }

  /** Literally, without the tables of HPACK. */
  private static byte[] headers(String method) {
    String[] headers = {
      ":method", "POST",
      ":scheme", "http",
      ":path", "/" + method,
      ":authority", "localhost",
      "content-type", "application/grpc",
      "te", "trailers"
    };
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < headers.length; i += 2) {
      block.write(0);
      for (String text : new String[] {headers[i], headers[i + 1]}) {
        block.write(text.length());
        block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return block.toByteArray();
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }
}
