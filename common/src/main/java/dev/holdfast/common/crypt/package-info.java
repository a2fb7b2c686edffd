/**
 * Encryption at rest: master keys, the keys of each database, and the form of what is sealed with
 * them. Formats are forever; golden bytes stand in the tests. See docs/adr on encryption at rest.
 */
@NullMarked
package dev.holdfast.common.crypt;

import org.jspecify.annotations.NullMarked;
