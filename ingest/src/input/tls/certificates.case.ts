import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Whether certificates can be made here; tests that need them skip, saying so, where not. */
export const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export interface Pair {
  readonly cert: string;
  readonly key: string;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Certificates made in a folder of the test's, valid for two days. */
export class CertificateMaker {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  authority(name: string): Pair {
    return this.#make(name, ['-subj', `/CN=${name}`]);
  }

  /** @param names `DNS:fw1.example.net`, `IP:127.0.0.1`; none: only the common name */
  signed(name: string, by: Pair, names: readonly string[] = []): Pair {
    const alternative = names.length === 0 ? [] : ['-addext', `subjectAltName=${names.join(',')}`];
    const signer = ['-CA', by.cert, '-CAkey', by.key, '-addext', 'basicConstraints=critical,CA:FALSE'];
    return this.#make(name, ['-subj', `/CN=${name}`, ...signer, ...alternative]);
  }

  #make(name: string, more: readonly string[]): Pair {
    const pair = { cert: path.join(this.folder, `${name}.pem`), key: path.join(this.folder, `${name}.key`) };
    const args = ['req', '-x509', ...NEW_KEY, '-days', '2', '-keyout', pair.key, '-out', pair.cert, ...more];
    execFileSync('openssl', args, { stdio: 'pipe' });
    return pair;
  }
}

export const fingerprintOf = ({ cert }: Pair): string => new X509Certificate(readFileSync(cert)).fingerprint256;
