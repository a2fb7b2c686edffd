/**
 * Makes certificates, for people who have no authority of their own, and for tests. Needs Bouncy
 * Castle, which nodes do not have.
 */
@NullMarked
package dev.holdfast.common.certs;

import org.jspecify.annotations.NullMarked;
