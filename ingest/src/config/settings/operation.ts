import { hostname } from 'node:os';
import { one } from '../setting.js';

const plain = (text: string): string => text;

/** Secrets that stand in files of their own. */
export const SECRET_SETTINGS = {
  clickhousePasswordFile: one(
    {
      variable: 'CLICKHOUSE_PASSWORD_FILE',
      path: 'clickhouse.password_file',
      folder: true,
      credential: 'clickhouse-password',
      about: "file that holds the server user's password alone",
      fallbackWords: 'none',
    },
    () => '',
    plain
  ),
};

/** What whoever runs the service sets besides inputs and store. */
export const OPERATION_SETTINGS = {
  instance: one(
    {
      variable: 'FIREPLOT_INSTANCE',
      path: 'instance',
      about: 'name of this service in the table and dashboard of its health',
      fallbackWords: "this machine's name",
    },
    hostname,
    (text) => {
      const name = text.trim();
      if (name === '' || name.length > 100) throw new Error(`"${text}" is no name: give one of 1 to 100 letters.`);
      return name;
    }
  ),
};
