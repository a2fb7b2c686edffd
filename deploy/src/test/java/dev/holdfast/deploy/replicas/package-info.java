/** Replicas after their nodes have ended, compared as databases, row by row. */
@NullMarked
package dev.holdfast.deploy.replicas;

import org.jspecify.annotations.NullMarked;
