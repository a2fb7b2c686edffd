package dev.holdfast.cli.drill.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The calls of a run. To be read by one thread, or by many once nobody adds to it. */
public final class History {
  private final List<PackedCall> calls = new ArrayList<>();

  public static History of(Collection<Call> calls) {
    History history = new History();
    calls.forEach(history::add);
    return history;
  }

  public void add(Call call) {
    add(new PackedCall(call));
  }

  public void add(PackedCall call) {
    calls.add(call);
  }

  public int size() {
    return calls.size();
  }

  public List<PackedCall> packed() {
    return calls;
  }

  /** All calls, unpacked; for small histories. */
  public List<Call> calls() {
    return calls.stream().map(PackedCall::unpack).toList();
  }
}
