package dev.holdfast.cli;

import com.google.common.base.Ascii;
import com.google.common.base.CaseFormat;
import com.google.protobuf.ProtocolMessageEnum;
import dev.holdfast.proto.inventory.v1.AdjustmentReason;
import dev.holdfast.proto.log.v1.EventKind;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Constants of the contract as they are typed and printed: {@code EVENT_KIND_STOCK_ADJUSTED} is
 * {@code stock-adjusted}.
 */
public final class ContractWords {
  /** The first constant of each kind, and the one for an unknown number. */
  private static final Pattern NO_VALUE = Pattern.compile(".*_UNSPECIFIED|UNRECOGNIZED");

  private ContractWords() {}

  public static <E extends Enum<E> & ProtocolMessageEnum> String word(E constant) {
    String type = constant.getDescriptorForType().getName();
    String prefix = CaseFormat.UPPER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, type) + "_";
    return Ascii.toLowerCase(constant.name().replace(prefix, "")).replace('_', '-');
  }

  /** Throws a UsageException that names the option and all kinds. */
  public static EventKind eventKind(String option, String text) {
    return find(EventKind.values(), text)
        .orElseThrow(
            () ->
                new UsageException(
                    "%s: '%s' is not one of %s"
                        .formatted(option, text, words(EventKind.values()))));
  }

  /** Throws a UsageException that names all reasons. */
  public static AdjustmentReason adjustmentReason(String text) {
    return find(AdjustmentReason.values(), text)
        .orElseThrow(
            () ->
                new UsageException(
                    "--reason must be one of %s, was '%s'"
                        .formatted(words(AdjustmentReason.values()), text)));
  }

  private static <E extends Enum<E> & ProtocolMessageEnum> Optional<E> find(
      E[] constants, String text) {
    return typed(constants)
        .filter(constant -> word(constant).equalsIgnoreCase(text.replace('_', '-')))
        .findFirst();
  }

  private static <E extends Enum<E> & ProtocolMessageEnum> String words(E[] constants) {
    return typed(constants).map(ContractWords::word).collect(Collectors.joining(", "));
  }

  private static <E extends Enum<E>> Stream<E> typed(E[] constants) {
    return Stream.of(constants).filter(constant -> !NO_VALUE.matcher(constant.name()).matches());
  }
}
