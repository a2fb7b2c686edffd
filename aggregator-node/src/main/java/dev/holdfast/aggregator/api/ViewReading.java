package dev.holdfast.aggregator.api;

import dev.holdfast.aggregator.view.ViewCursor;
import dev.holdfast.aggregator.view.ViewCut;
import dev.holdfast.aggregator.view.ViewReader;
import dev.holdfast.aggregator.view.VisibleStores;
import dev.holdfast.proto.inventory.v1.ViewPosition;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cut of the view, and how old each part was just before it was taken: read afterwards, ages
 * would be too young by the time that an answer takes.
 *
 * @param isPartial whether its reader sees some stores only
 */
record ViewReading(ViewCut cut, List<Long> ageMillis, boolean isPartial) implements AutoCloseable {
  static ViewReading of(ViewReader view, ViewAges ages, VisibleStores visible) {
    List<Long> before = ages.millis();
    return new ViewReading(view.cut(visible), before, !visible.all());
  }

  /** What the answer stands on, by partition. */
  List<ViewPosition> positions() {
    return IntStream.range(0, ageMillis.size()).mapToObj(this::position).toList();
  }

  ViewPosition position(int partition) {
    ViewCursor cursor = cut.cursor(partition);
    return ViewPosition.newBuilder()
        .setPartition(partition)
        .setSequence(cursor.sequence())
        .setAgeMillis(ageMillis.get(partition))
        .setUntrusted(cursor.trust().untrusted())
        .build();
  }

  @Override
  public void close() {
    cut.close();
  }
}
