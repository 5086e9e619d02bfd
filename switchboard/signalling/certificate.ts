/** The TLS certificate of the signalling port: self-signed, made once, kept in the data folder. */
import { createHash, X509Certificate } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'

export interface Certificate {
  /** PEM. */
  key: string
  cert: string
  /** Base64 SHA-256 of the public key, for Chromium's --ignore-certificate-errors-spki-list. */
  spki: string
}

const YEARS = 10

const spkiOf = (cert: string): string =>
  createHash('sha256')
    .update(new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')

const make = async (): Promise<{ key: string; cert: string }> => {
  const names = ['localhost', 'voice-js.roaming.twilio.com', '*.twilio.com']
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Ringside switchboard' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + YEARS * 365 * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names.map((value) => ({ type: 2 as const, value })), { type: 7, ip: '127.0.0.1' }] },
    ],
  })
  return { key, cert }
}

const isCurrent = (cert: string): boolean => Date.parse(new X509Certificate(cert).validTo) > Date.now() + 86_400_000

/** Reads the certificate from `folder`, or makes it. A damaged or expired one is made anew. */
export const openCertificate = async (folder: string): Promise<Certificate> => {
  const [keyFile, certFile] = [join(folder, 'signalling-key.pem'), join(folder, 'signalling-cert.pem')]
  try {
    const [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certFile, 'utf8')])
    if (isCurrent(cert)) return { key, cert, spki: spkiOf(cert) }
  } catch {
    // Not made yet, or not readable as a certificate: both are mended by making it.
  }
  const { key, cert } = await make()
  await mkdir(folder, { recursive: true })
  await writeFile(keyFile, key, { mode: 0o600 })
  await writeFile(certFile, cert)
  return { key, cert, spki: spkiOf(cert) }
}
