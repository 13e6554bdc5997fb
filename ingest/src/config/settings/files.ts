import { SASL_MECHANISMS } from '../../input/kafka/options.js';
import { many, one, oneOf, wholeNumber } from '../setting.js';

const plain = (text: string): string => text;

/** Files that are followed, stdin, and Kafka. What Kafka's need together is checked by kafka-input.ts. */
export const FILE_SETTINGS = {
  follow: many(
    {
      flags: '--follow <glob>',
      variable: 'FIREPLOT_FOLLOW',
      path: 'files.follow',
      folder: true,
      about: 'log files to follow, through rotation',
    },
    (text) => {
      if (text.trim() === '')
        throw new Error('"" names no file: give a path or a glob, for example /var/log/ulog/*.log.');
    }
  ),
  followFrom: one(
    {
      variable: 'FIREPLOT_FOLLOW_FROM',
      path: 'files.from',
      about: 'start or end: where files are begun that are there when they are followed for the first time',
    },
    () => 'start' as const,
    (text) => oneOf(text, ['start', 'end'] as const)
  ),
  followPollSeconds: one(
    {
      variable: 'FIREPLOT_FOLLOW_POLL_SECONDS',
      path: 'files.poll_seconds',
      about: 'files are looked at so often at least, since network filesystems do not tell of changes',
    },
    () => 5,
    (text) => wholeNumber(text, 1, 3_600, 'seconds')
  ),
  followGraceSeconds: one(
    {
      variable: 'FIREPLOT_FOLLOW_GRACE_SECONDS',
      path: 'files.grace_seconds',
      about: 'a file that was rotated away is read until it has been quiet for so long',
    },
    () => 60,
    (text) => wholeNumber(text, 1, 86_400, 'seconds')
  ),
  stdin: one(
    { flags: '--stdin', about: 'takes lines from stdin too', fallbackWords: 'off' },
    () => false as boolean,
    (text) => text === 'true'
  ),
  kafkaBrokers: many(
    {
      variable: 'FIREPLOT_KAFKA_BROKERS',
      path: 'kafka.brokers',
      about: 'Kafka brokers, HOST:PORT; none for no Kafka',
    },
    (text) => {
      if (!/^(?:\[[\da-fA-F:.]+\]|[^\s:[\]]+):\d{1,5}$/.test(text))
        throw new Error(`"${text}" is no broker: give HOST:PORT, for example kafka.example.com:9092.`);
    }
  ),
  kafkaTopics: many(
    { variable: 'FIREPLOT_KAFKA_TOPICS', path: 'kafka.topics', about: 'topics to read, all partitions of them' },
    (text) => {
      if (!/^[\w.-]{1,249}$/.test(text)) throw new Error(`"${text}" is no name of a topic.`);
    }
  ),
  kafkaGroup: one(
    {
      variable: 'FIREPLOT_KAFKA_GROUP',
      path: 'kafka.group',
      about: 'consumer group that is told how far we have read; no other program may use it',
    },
    () => 'fireplot',
    (text) => {
      if (!/^\S{1,249}$/.test(text)) throw new Error(`"${text}" is no name of a group: give one without blanks.`);
      return text;
    }
  ),
  kafkaFrom: one(
    {
      variable: 'FIREPLOT_KAFKA_FROM',
      path: 'kafka.from',
      about: 'start or end: where partitions are begun that were never read',
    },
    () => 'start' as const,
    (text) => oneOf(text, ['start', 'end'] as const)
  ),
  kafkaTls: one(
    { variable: 'FIREPLOT_KAFKA_TLS', path: 'kafka.tls', about: 'TLS to the brokers: on or off' },
    () => 'off' as const,
    (text) => oneOf(text, ['on', 'off'] as const)
  ),
  kafkaTlsCa: one(
    {
      variable: 'FIREPLOT_KAFKA_TLS_CA',
      path: 'kafka.tls_ca',
      folder: true,
      about: "PEM file of the CA that signed the brokers' certificates",
      fallbackWords: "the system's",
    },
    () => '',
    plain
  ),
  kafkaTlsCert: one(
    {
      variable: 'FIREPLOT_KAFKA_TLS_CERT',
      path: 'kafka.tls_cert',
      folder: true,
      about: 'PEM file of the certificate that we show',
      fallbackWords: 'none',
    },
    () => '',
    plain
  ),
  kafkaTlsKey: one(
    {
      variable: 'FIREPLOT_KAFKA_TLS_KEY',
      path: 'kafka.tls_key',
      folder: true,
      about: "PEM file of that certificate's key",
      fallbackWords: 'none',
    },
    () => '',
    plain
  ),
  kafkaSasl: one(
    {
      variable: 'FIREPLOT_KAFKA_SASL',
      path: 'kafka.sasl',
      about: `how to log in: ${SASL_MECHANISMS.join(', ')}, or off`,
    },
    () => 'off' as const,
    (text) => oneOf(text, ['off', ...SASL_MECHANISMS] as const)
  ),
  kafkaUser: one(
    { variable: 'FIREPLOT_KAFKA_USER', path: 'kafka.user', about: 'user to log in as', fallbackWords: 'none' },
    () => '',
    plain
  ),
  kafkaPassword: one(
    { variable: 'FIREPLOT_KAFKA_PASSWORD', path: 'kafka.password', secret: true, about: "that user's password" },
    () => '',
    plain
  ),
  kafkaPasswordFile: one(
    {
      variable: 'FIREPLOT_KAFKA_PASSWORD_FILE',
      path: 'kafka.password_file',
      folder: true,
      credential: 'kafka-password',
      about: 'file that holds that password alone',
      fallbackWords: 'none',
    },
    () => '',
    plain
  ),
};
