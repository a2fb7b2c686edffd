package dev.holdfast.cli.drill.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Takes changes of tables back, the last first; and notes the keys of rows that were used. */
final class Undo {
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final Set<Object> looked = new HashSet<>();
  private final Set<Object> changed = new HashSet<>();

  void looked(Object key) {
    looked.add(key);
  }

  void changed(Object key, Runnable back) {
    changed.add(key);
    steps.push(back);
  }

  /** The keys of rows that were looked at since this was last asked. */
  Set<Object> takeLooked() {
    Set<Object> taken = Set.copyOf(looked);
    looked.clear();
    return taken;
  }

  /** The keys of rows that were changed since this was last asked. */
  Set<Object> takeChanged() {
    Set<Object> taken = Set.copyOf(changed);
    changed.clear();
    return taken;
  }

  int mark() {
    return steps.size();
  }

  void backTo(int mark) {
    while (steps.size() > mark) {
      steps.pop().run();
    }
  }

  /** Keeps the changes. */
  void forget() {
    steps.clear();
  }
}
