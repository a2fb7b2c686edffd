package dev.holdfast.store.decide;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random histories against the reference model; a failure prints its seed and a small history. */
final class DecisionsPropertyTest {
  @Provide
  Arbitrary<List<RandomSteps.Step>> histories() {
    return RandomSteps.histories();
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void shouldAnswerAsTheAuditorDoes(@ForAll("histories") List<RandomSteps.Step> steps) {
    new AuditedHistory().run(steps);
  }
}
