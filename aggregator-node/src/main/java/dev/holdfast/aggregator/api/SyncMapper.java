package dev.holdfast.aggregator.api;

import dev.holdfast.common.limits.FieldRules;
import dev.holdfast.proto.aggregator.v1.ListViolationsRequest;
import dev.holdfast.proto.aggregator.v1.RebuildRequest;
import dev.holdfast.proto.aggregator.v1.VerifyRequest;
import java.util.List;
import java.util.stream.IntStream;

/** Checks requests about sync, and reads what they ask for. Refuses with VALIDATION. */
final class SyncMapper {
  private static final int PAGE_DEFAULT = 20;
  private static final int PAGE_MAX = 100;

  private SyncMapper() {}

  /** A page of violations. */
  record Violations(int size, long beforeId) {}

  static int partition(RebuildRequest request, int partitions) {
    FieldRules rules = new FieldRules();
    rules.partition("partition", request.getPartition(), partitions);
    RequestChecks.refuseInvalid(rules);
    return request.getPartition();
  }

  /** Those asked for, each once; all when none is named. */
  static List<Integer> partitions(VerifyRequest request, int partitions) {
    FieldRules rules = new FieldRules();
    List<Integer> asked = request.getPartitionsList();
    for (int i = 0; i < asked.size(); i++) {
      rules.partition("partitions[" + i + "]", asked.get(i), partitions);
    }
    RequestChecks.refuseInvalid(rules);
    return asked.isEmpty()
        ? IntStream.range(0, partitions).boxed().toList()
        : asked.stream().distinct().toList();
  }

  static Violations violations(ListViolationsRequest request) {
    FieldRules rules = new FieldRules();
    int size = RequestChecks.pageSize(rules, request.getPageSize(), PAGE_DEFAULT, PAGE_MAX);
    if (request.getBeforeId() < 0) {
      rules.violate("before_id", "must be 0 to " + Long.MAX_VALUE);
    }
    RequestChecks.refuseInvalid(rules);
    long before = request.getBeforeId() == 0 ? Long.MAX_VALUE : request.getBeforeId();
    return new Violations(size, before);
  }
}
