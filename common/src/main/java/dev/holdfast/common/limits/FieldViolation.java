package dev.holdfast.common.limits;

/**
 * One field that is malformed.
 *
 * @param field path within the request, such as {@code commands[3].sku}
 * @param description the rule and the given value
 */
public record FieldViolation(String field, String description) {}
