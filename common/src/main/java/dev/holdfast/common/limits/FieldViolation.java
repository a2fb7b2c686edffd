package dev.holdfast.common.limits;

/**
 * One field that is malformed.
 *
 * @param field path within the request, such as {@code commands[3].sku}
 * @param description what is allowed and what was given
 */
public record FieldViolation(String field, String description) {}
