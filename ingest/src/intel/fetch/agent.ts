/** Hosts whose makers ask for the mail address of whoever loads by program. https://isc.sans.edu/properbots.html */
const ASKS_FOR_CONTACT = /(?:^|\.)(?:dshield\.org|isc\.sans\.edu)$/i;

/** What a server is told of who asks: our name, and the user's mail address where it is asked for and given. */
export const userAgent = (host: string, contact: string): string =>
  contact !== '' && ASKS_FOR_CONTACT.test(host) ? `fireplot (${contact})` : 'fireplot';
