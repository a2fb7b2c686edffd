package dev.holdfast.common.http;

import dev.holdfast.common.access.Access;
import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.tls.NodeSecurity;

/**
 * Where a node listens for HTTP, and how it secures that.
 *
 * @param access who may do what
 */
public record HttpBinding(HttpKeys keys, NodeSecurity security, Access access) {}
