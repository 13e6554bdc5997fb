import { many, one } from '../setting.js';

const MAIL = /^[^\s@<>",;]+@[^\s@<>",;]+$/;

/** '' is none. */
function mailAddress(text: string): string {
  if (text !== '' && !MAIL.test(text)) throw new Error(`"${text}" is no mail address: write name@example.com.`);
  return text;
}

/** Where sources come from, and what goes to and comes from DShield. */
export const NEIGHBOUR_SETTINGS = {
  geoip: many(
    {
      flags: '--geoip <file>',
      variable: 'FIREPLOT_GEOIP',
      path: 'enrich.geoip',
      folder: true,
      about: "database in MaxMind's format (.mmdb) of countries or autonomous systems, asked before the bundled one",
    },
    (text) => {
      if (text.trim() === '') throw new Error('"" names no file: give the path of a .mmdb file.');
    }
  ),
  contact: one(
    {
      variable: 'FIREPLOT_CONTACT',
      path: 'dshield.contact',
      about: 'mail address that servers are told whose data we load, as DShield asks; needed to load from a URL',
      fallbackWords: 'none',
    },
    () => '',
    mailAddress
  ),
  dshieldUser: one(
    {
      variable: 'FIREPLOT_DSHIELD_USER',
      path: 'dshield.user',
      about: 'your number at DShield; 0 is nobody',
      fallbackWords: '0',
    },
    () => '0',
    (text) => {
      if (!/^\d{1,10}$/.test(text)) throw new Error(`"${text}" is no number of a user at DShield.`);
      return text;
    }
  ),
  dshieldFrom: one(
    {
      variable: 'FIREPLOT_DSHIELD_FROM',
      path: 'dshield.from',
      about: 'mail address that submissions come from: the one DShield knows you by',
      fallbackWords: 'none',
    },
    () => '',
    mailAddress
  ),
  dshieldTo: one(
    {
      variable: 'FIREPLOT_DSHIELD_TO',
      path: 'dshield.to',
      about: 'where fireplot dshield export --send sends to; DShield takes reports@dshield.org',
      fallbackWords: 'none: nothing can be sent',
    },
    () => '',
    mailAddress
  ),
  dshieldSendmail: one(
    {
      variable: 'FIREPLOT_DSHIELD_SENDMAIL',
      path: 'dshield.sendmail',
      about: 'program that takes a message on stdin, as sendmail does',
    },
    () => '/usr/sbin/sendmail',
    (text) => {
      if (!text.startsWith('/')) throw new Error(`"${text}" is no whole path of a program.`);
      return text;
    }
  ),
};
