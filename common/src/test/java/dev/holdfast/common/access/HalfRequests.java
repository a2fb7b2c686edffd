package dev.holdfast.common.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A caller that speaks HTTP/2 by itself: it begins many requests on one connection, and ends none.
 */
final class HalfRequests implements AutoCloseable {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final int FRAME_BYTES = 16 << 10;
  private static final int MESSAGE_BYTES = 4 << 20;
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Set<Integer> ended = new HashSet<>();
  private long window = 65_535; // as every connection begins
  private int pings; // that were answered

  HalfRequests(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /**
   * Sends the first half megabyte of a request of 4 MiB, on so many streams.
   *
   * @return the bytes that the server keeps: those of streams that it did not end, or none when it
   *     ended the connection
   */
  long send(String path, int streams) throws IOException {
    try {
      return sendAll(path, streams);
    } catch (SocketException | EOFException closed) {
      return 0;
    }
  }

  private long sendAll(String path, int streams) throws IOException {
    Map<Integer, Long> sent = new HashMap<>();
    for (int stream = 1; stream < 2 * streams; stream += 2) {
      frame(HEADERS, END_HEADERS, stream, headers(path));
      byte[] start = ByteBuffer.allocate(FRAME_BYTES).put((byte) 0).putInt(MESSAGE_BYTES).array();
      for (int frames = 0; frames < (1 << 19) / FRAME_BYTES; frames++) {
        awaitRoom();
        if (ended.contains(stream)) {
          break;
        }
        frame(DATA, 0, stream, frames == 0 ? start : new byte[FRAME_BYTES]);
        window -= FRAME_BYTES;
        sent.merge(stream, (long) FRAME_BYTES, Long::sum);
      }
    }
    pingAndWait();
    pingAndWait(); // what the first one overtook was written before this one was read
    sent.keySet().removeAll(ended);
    return sent.values().stream().mapToLong(bytes -> bytes).sum();
  }

  private static byte[] headers(String path) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, ":method", "POST");
    literal(block, ":scheme", "http");
    literal(block, ":authority", "localhost");
    literal(block, ":path", path);
    literal(block, "te", "trailers");
    literal(block, "content-type", "application/grpc");
    return block.toByteArray();
  }

  /** A header that is not compressed. */
  private static void literal(ByteArrayOutputStream block, String name, String value)
      throws IOException {
    block.write(0);
    block.write(name.length());
    block.write(name.getBytes(US_ASCII));
    block.write(value.length());
    block.write(value.getBytes(US_ASCII));
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeShort(payload.length >> 8);
    out.writeByte(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    out.flush();
  }

  private void awaitRoom() throws IOException {
    while (window < FRAME_BYTES || in.available() > 0) {
      read();
    }
  }

  private void pingAndWait() throws IOException {
    int before = pings;
    frame(PING, 0, 0, new byte[Long.BYTES]);
    while (pings == before) {
      read();
    }
  }

  private void read() throws IOException {
    int length = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(length);
    if (type == WINDOW_UPDATE && stream == 0) {
      window += ByteBuffer.wrap(payload).getInt();
    } else if (type == RST_STREAM || (type == HEADERS && (flags & END_STREAM) != 0)) {
      ended.add(stream);
    } else if (type == PING && flags == ACK) {
      pings++;
    } else if ((type == SETTINGS || type == PING) && flags != ACK) {
      frame(type, ACK, 0, type == PING ? payload : new byte[0]);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
