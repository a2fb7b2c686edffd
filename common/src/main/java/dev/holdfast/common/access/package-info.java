/** Authentication and authorization: principals, roles, grants and the rule of every method. */
@NullMarked
package dev.holdfast.common.access;

import org.jspecify.annotations.NullMarked;
