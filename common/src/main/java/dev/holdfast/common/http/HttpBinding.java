package dev.holdfast.common.http;

import dev.holdfast.common.config.HttpKeys;
import dev.holdfast.common.tls.NodeSecurity;

/** Where a node listens for HTTP, and how it secures that. */
public record HttpBinding(HttpKeys keys, NodeSecurity security) {}
