import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { WRITER } from '../serving.js';
import { FaceError } from './exception.js';
import type { FaceRequest } from './request.js';

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/**
 * Keeps web pages out. A page whose host name resolves to 127.0.0.1 (DNS rebinding) shows it in Host, any other
 * page in Origin or Sec-Fetch-Site; programs send neither.
 *
 * @throws FaceError
 */
export function checkOrigin(message: IncomingMessage): void {
  const { host = '', origin } = message.headers;
  const site = message.headers['sec-fetch-site'];
  if (!LOOPBACK.test(host)) {
    throw new FaceError(
      516,
      'AUTHENTICATION_FAILED',
      'this interface answers only to the host names 127.0.0.1, localhost and [::1]'
    );
  }
  const foreign = origin !== undefined && !LOOPBACK.test(origin.replace(/^https?:\/\//, ''));
  if (foreign || site === 'cross-site' || site === 'same-site') {
    throw new FaceError(516, 'AUTHENTICATION_FAILED', 'this interface does not answer to web pages of other sites');
  }
}

/**
 * Whether the request may write: it comes as WRITER with the token. Everybody else reads, whatever name and
 * password a data source sends.
 *
 * @throws FaceError when the token is wrong: a write is not to become a read unnoticed
 */
export function mayWrite({ user, password }: FaceRequest, token: string): boolean {
  if (user !== WRITER) return false;
  if (timingSafeEqual(digest(password), digest(token))) return true;
  throw new FaceError(516, 'AUTHENTICATION_FAILED', `${WRITER}: the token is not the one of serve.json`);
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
