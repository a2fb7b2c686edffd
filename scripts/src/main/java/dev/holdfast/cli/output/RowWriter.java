package dev.holdfast.cli.output;

/** Prints rows one after the other. Closing it prints all buffered rows. */
public interface RowWriter<T> extends AutoCloseable {
  void write(T row);

  @Override
  void close();
}
