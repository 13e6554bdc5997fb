// rsyslog and syslog-ng, set up to do with netfilter lines what can be asked of them: take them by TCP, parse the
// fields, write a JSON object a line to a file.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findDebian } from './process.mjs';

/** mmnormalize's rules for a netfilter line: v2 rule base, the key=value tail by liblognorm's own iptables parser. */
const RULEBASE = `version=2
rule=:%-:whitespace%%prefix:word%%-:whitespace%%fields:v2-iptables%
`;

/** @returns what starts it, or undefined when it is not on this machine */
export function rsyslog({ folder, port, output, lines }) {
  const found = findDebian('rsyslogd');
  if (found === undefined) return undefined;
  const rules = path.join(folder, 'netfilter.rb');
  writeFileSync(rules, RULEBASE);
  const config = path.join(folder, 'rsyslog.conf');
  writeFileSync(
    config,
    `global(workDirectory="${folder}" maxMessageSize="8k")
module(load="imptcp" threads="1")
module(load="mmnormalize")
template(name="json" type="list" option.jsonf="off") { property(name="$!all-json") constant(value="\\n") }
main_queue(queue.type="linkedList" queue.size="200000" queue.dequeueBatchSize="2048" queue.workerThreads="2")
input(type="imptcp" address="127.0.0.1" port="${port}" ruleset="all")
ruleset(name="all" queue.type="linkedList" queue.size="200000" queue.dequeueBatchSize="2048" queue.workerThreads="1") {
  action(type="mmnormalize" rulebase="${rules}")
  action(type="omfile" file="${output}" template="json" ioBufferSize="256k" flushOnTXEnd="on")
}
`
  );
  const modules = path.join(found.root, 'usr/lib/x86_64-linux-gnu/rsyslog');
  return {
    command: found.file,
    args: ['-n', '-f', config, '-i', path.join(folder, 'rsyslog.pid'), '-M', modules],
    env: found.env,
    lines,
  };
}

export function syslogNg({ folder, port, output, lines }) {
  const found = findDebian('syslog-ng');
  if (found === undefined) return undefined;
  const config = path.join(folder, 'syslog-ng.conf');
  writeFileSync(
    config,
    `@version: 3.38
options { stats-freq(0); log-fifo-size(200000); flush-lines(1000); };
source s { network(ip("127.0.0.1") port(${port}) transport("tcp") log-fetch-limit(1000) log-iw-size(100000) max-connections(10)); };
parser p { kv-parser(prefix(".fw.")); };
destination d { file("${output}" template("$(format-json --scope rfc3164 --key .fw.* --key ISODATE)\\n") flush-lines(1000)); };
log { source(s); parser(p); destination(d); flags(flow-control); };
`
  );
  const modules = path.join(found.root, 'usr/lib/syslog-ng/3.38');
  const state = (name) => path.join(folder, name);
  return {
    command: found.file,
    args: [
      ...['-F', '--no-caps', '-f', config, '--module-path', modules],
      ...['-R', state('ng.persist'), '-p', state('ng.pid'), '-c', state('ng.ctl')],
    ],
    env: found.env,
    lines,
  };
}
