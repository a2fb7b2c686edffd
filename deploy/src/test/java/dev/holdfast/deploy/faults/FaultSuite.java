package dev.holdfast.deploy.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Runs drills with faults and prints their table; {@code scripts/check/faults}. */
final class FaultSuite {
  private static final int MISUSED = 2;
  private static final int PAIRS = 12;

  /** A drill shorter than this sees too little of a fault. */
  private static final Duration LOAD_MIN = Duration.ofSeconds(8);

  /** What a drill takes besides its load: reading logs, checks, verify. */
  private static final Duration AROUND = Duration.ofSeconds(12);

  private final Options options;
  private final long began = System.nanoTime();

  private FaultSuite(Options options) {
    this.options = options;
  }

  /** Exit code 0 when every run held, 1 when one did not. */
  public static void main(String[] arguments) throws Exception {
    Options options;
    List<Fault> faults;
    try {
      options = Options.parse(arguments);
      faults = Faults.named(options.only);
      if (options.secure) {
        faults = Faults.secured(faults);
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(MISUSED);
      return;
    }
    if (options.list) {
      faults.forEach(fault -> System.out.printf("%-28s %s%n", fault.name(), fault.text()));
      return;
    }
    boolean held =
        options.adversity
            ? Adversity.run(options.seed, options.load, options.report)
            : new FaultSuite(options).run(faults);
    System.exit(held ? 0 : 1);
  }

  private boolean run(List<Fault> named) throws IOException, InterruptedException {
    Random random = new Random(options.seed);
    List<Fault> faults =
        options.pairs ? Faults.pairs(named, PAIRS, random) : new ArrayList<>(named);
    faults.sort(Comparator.comparing(Fault::setting));
    Evidence evidence = new Evidence(options.report, System.out);
    System.out.printf("%d faults, seed %d%n", faults.size(), options.seed);
    faults.stream()
        .filter(fault -> !fault.setting().missing().isEmpty())
        .forEach(
            fault -> System.out.println(fault.name() + " left out: " + fault.setting().missing()));
    Campaign campaign = new Campaign(load(faults.size()), evidence);
    do {
      for (Fault fault : faults) {
        if (fault.setting().missing().isEmpty() && isTimeLeft()) {
          campaign.run(fault, random.nextInt(1_000_000));
        }
      }
    } while (options.limit != null && isTimeLeft());
    campaign.finish();
    FaultReport report = new FaultReport(campaign.runs());
    report.write(options.report);
    System.out.print(report.text());
    return campaign.runs().stream().allMatch(DrillRun::held);
  }

  /** As long as wanted, or as a round over all faults allows. */
  private Duration load(int faults) {
    if (options.limit == null) {
      return options.load;
    }
    Duration share = options.limit.dividedBy(faults).minus(AROUND);
    Duration atMost = share.compareTo(options.load) < 0 ? share : options.load;
    return atMost.compareTo(LOAD_MIN) < 0 ? LOAD_MIN : atMost;
  }

  private boolean isTimeLeft() {
    return options.limit == null || System.nanoTime() - began < options.limit.toNanos();
  }
}
