package dev.holdfast.cli.output;

/** Prints rows one after the other. Closing it prints what is still held back. */
public interface RowWriter<T> extends AutoCloseable {
  void write(T row);

  @Override
  void close();
}
