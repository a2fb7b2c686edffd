package dev.holdfast.deploy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy in front of a node that loses one answer: to the first request that contains a text, it
 * closes the connection in place of passing on the beginning of the answer. Reads the frames of
 * HTTP/2, as far as that takes.
 */
final class AnswerLoser implements AutoCloseable {
  private static final int PREFACE_BYTES = 24;
  private static final int DATA = 0;
  private static final int HEADERS = 1;

  private final ServerSocket listener;
  private final int nodePort;
  private final String text;
  private final AtomicBoolean lost = new AtomicBoolean();

  private AnswerLoser(ServerSocket listener, int nodePort, String text) {
    this.listener = listener;
    this.nodePort = nodePort;
    this.text = text;
  }

  static AnswerLoser before(int nodePort, String text) throws IOException {
    ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    AnswerLoser loser = new AnswerLoser(listener, nodePort, text);
    inBackground(loser::accept);
    return loser;
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  boolean hasLostOne() {
    return lost.get();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket node = new Socket(listener.getInetAddress(), nodePort);
      AtomicInteger marked = new AtomicInteger();
      inBackground(() -> passRequests(client, node, marked));
      inBackground(() -> passAnswers(node, client, marked));
    }
  }

  private void passRequests(Socket client, Socket node, AtomicInteger marked) throws IOException {
    try (client;
        node) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = buffered(node);
      out.write(in.readNBytes(PREFACE_BYTES));
      while (true) {
        Frame frame = new Frame(in);
        if (frame.type == DATA && frame.contains(text)) {
          marked.compareAndSet(0, frame.stream);
        }
        frame.write(out);
      }
    }
  }

  private void passAnswers(Socket node, Socket client, AtomicInteger marked) throws IOException {
    try (node;
        client) {
      DataInputStream in = new DataInputStream(node.getInputStream());
      DataOutputStream out = buffered(client);
      while (true) {
        Frame frame = new Frame(in);
        boolean isTheAnswer = frame.type == HEADERS && frame.stream == marked.get();
        if (isTheAnswer && lost.compareAndSet(false, true)) {
          return;
        }
        frame.write(out);
      }
    }
  }

  private static DataOutputStream buffered(Socket socket) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
  }

  private static final class Frame {
    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    private Frame(DataInputStream in) throws IOException {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      type = in.readUnsignedByte();
      flags = in.readUnsignedByte();
      stream = in.readInt();
      payload = in.readNBytes(length);
    }

    boolean contains(String text) {
      return new String(payload, ISO_8859_1).contains(text);
    }

    void write(DataOutputStream out) throws IOException {
      out.writeShort(payload.length >>> 8);
      out.writeByte(payload.length);
      out.writeByte(type);
      out.writeByte(flags);
      out.writeInt(stream);
      out.write(payload);
      out.flush();
    }
  }

  private interface Loop {
    void run() throws IOException;
  }

  /** Until a socket is closed, by either side or by {@link #close}. */
  private static void inBackground(Loop loop) {
    Thread thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException closed) {
                return; // that is how a connection ends
              }
            },
            "answer-loser");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
