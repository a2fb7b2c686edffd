package dev.holdfast.deploy.faults;

import java.time.Duration;

/**
 * A row of the table of faults.
 *
 * @param name for {@code --only} and the table
 * @param text one line
 * @param setting the cluster that it needs
 * @param silenceMax the longest time that a partition may be without an acknowledged write, the
 *     fault itself included. Generous: it proves that service returned, on a busy machine too
 * @param callers the nodes that callers see
 * @param unfelt whether callers may not feel it at all: no call fails, and no leader is elected
 */
record Fault(
    String name,
    String text,
    Setting setting,
    Duration silenceMax,
    Callers callers,
    boolean unfelt,
    Blow blow) {
  /** The nodes that the callers of a drill see. */
  enum Callers {
    OF_ALL,
    /** Of {@link Site#chosen()} only: they share the fate of that node. */
    OF_CHOSEN
  }

  Fault(String name, String text, int silenceSecondsMax, Blow blow) {
    this(
        name,
        text,
        Setting.PLAIN,
        Duration.ofSeconds(silenceSecondsMax),
        Callers.OF_ALL,
        false,
        blow);
  }

  Fault in(Setting other) {
    return new Fault(name, text, other, silenceMax, callers, unfelt, blow);
  }

  Fault withCallersOfChosen() {
    return new Fault(name, text, setting, silenceMax, Callers.OF_CHOSEN, unfelt, blow);
  }

  Fault withoutBeingFelt() {
    return new Fault(name, text, setting, silenceMax, callers, true, blow);
  }

  /** Two faults that overlap. */
  Fault and(Fault other) {
    Blow both =
        site -> {
          Blow.Healing first = blow.strike(site);
          site.wait(Duration.ofMillis(site.random().nextInt(1_500)));
          Blow.Healing second = other.blow.strike(site);
          return () -> {
            first.heal();
            second.heal();
          };
        };
    return new Fault(
        name + "+" + other.name,
        text + "; " + other.text,
        setting,
        silenceMax.plus(other.silenceMax),
        callers,
        unfelt && other.unfelt,
        both);
  }
}
