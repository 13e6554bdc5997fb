import type { KafkaOptions } from '../../input/kafka/options.js';
import { UserError } from '../error.js';
import { readSecret } from '../secret.js';
import type { Settings } from '../settings.js';

/**
 * How Kafka is read, as the settings say; undefined when it is not.
 * @throws UserError with one sentence when a setting needs what another does not give
 */
export function kafkaInput(settings: Settings): KafkaOptions | undefined {
  const { kafkaBrokers: brokers, kafkaTopics: topics, kafkaGroup: group, kafkaFrom: from, lineLimit } = settings;
  if (brokers.length === 0) {
    if (topics.length > 0) throw new UserError('kafka.topics is set, but no broker: name some in kafka.brokers.');
    return undefined;
  }
  if (topics.length === 0)
    throw new UserError('kafka.brokers is set, but no topic: name those to read in kafka.topics.');
  return { brokers, topics, group, from, tls: tls(settings), sasl: sasl(settings), lineLimit };
}

function tls({ kafkaTls, kafkaTlsCa: ca, kafkaTlsCert: cert, kafkaTlsKey: key }: Settings): KafkaOptions['tls'] {
  if (kafkaTls === 'off') {
    if (ca + cert + key !== '') throw new UserError('kafka.tls_… is given, but TLS is off: set kafka.tls to on.');
    return undefined;
  }
  if ((cert === '') !== (key === ''))
    throw new UserError('Only one of kafka.tls_cert and kafka.tls_key is given: a certificate needs its key.');
  return { ca, cert, key };
}

function sasl(settings: Settings): KafkaOptions['sasl'] {
  const { kafkaSasl: mechanism, kafkaUser: user, kafkaPassword, kafkaPasswordFile } = settings;
  if (mechanism === 'off') {
    if (user !== '') throw new UserError('kafka.user is given, but not how to log in: set kafka.sasl.');
    return undefined;
  }
  if (kafkaPassword !== '' && kafkaPasswordFile !== '')
    throw new UserError('kafka.password and kafka.password_file are both given: keep one of them.');
  const password = kafkaPasswordFile === '' ? kafkaPassword : readSecret('kafka.password_file', kafkaPasswordFile);
  if (user === '' || password === '')
    throw new UserError(`kafka.sasl is ${mechanism}: give kafka.user, and kafka.password or kafka.password_file.`);
  return { mechanism, user, password };
}
