/**
 * Encryption at rest: master keys, the keys of each database, and the form of what is sealed with
 * them. Formats are forever; golden bytes stand in the tests. See docs/adr/0014.
 */
@NullMarked
package dev.holdfast.common.crypt;

import org.jspecify.annotations.NullMarked;
