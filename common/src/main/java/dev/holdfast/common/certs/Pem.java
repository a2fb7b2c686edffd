package dev.holdfast.common.certs;

import java.io.IOException;
import java.io.StringWriter;
import java.security.PrivateKey;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** Writes certificates, lists and keys as text. */
final class Pem {
  private Pem() {}

  /** A private key in PKCS#8. */
  static String key(PrivateKey key) {
    try {
      return text(new JcaPKCS8Generator(key, null)); // not encrypted: nodes read it unattended
    } catch (PemGenerationException e) {
      throw new IllegalStateException("this Java cannot write keys", e);
    }
  }

  static String text(Object what) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(what);
    } catch (IOException e) {
      throw new IllegalStateException("a string takes everything", e);
    }
    return text.toString();
  }
}
