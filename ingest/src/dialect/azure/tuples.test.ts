import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsed } from '../formats.case.js';
import { azure } from './parse.js';
import { tuplesOf } from './tuples.js';

const NSG = {
  time: '2026-11-22T03:05:00.123Z',
  systemId: '0-1',
  macAddress: '000D3AF87856',
  category: 'NetworkSecurityGroupFlowEvent',
  resourceId: '/SUBSCRIPTIONS/0/NETWORKSECURITYGROUPS/WEB-NSG',
  operationName: 'NetworkSecurityGroupFlowEvents',
  properties: {
    Version: 2,
    flows: [
      {
        rule: 'DenyAll',
        flows: [
          {
            mac: '000D3AF87856',
            flowTuples: [
              '1795316645,198.51.100.23,10.5.16.4,40112,23,T,I,D,B,,,,',
              '1795316646,198.51.100.23,10.5.16.4,40113,24,T,I,D,B,,,,',
            ],
          },
        ],
      },
      { rule: 'Out', flows: [{ flowTuples: ['1795316647,10.5.16.4,198.51.100.23,40112,53,U,O,A,E,1,66,1,60'] }] },
    ],
  },
};

const VNET = {
  time: '2026-11-22T03:05:00Z',
  flowLogVersion: 4,
  macAddress: '000D3AF87856',
  category: 'FlowLogFlowEvent',
  targetResourceID: '/subscriptions/0/virtualNetworks/net-1',
  flowRecords: {
    flows: [
      {
        aclID: 'acl-1',
        flowGroups: [
          { rule: 'Büro "1"', flowTuples: ['1795316645678,198.51.100.23,203.0.113.9,40112,23,6,I,D,NX,0,0,0,0'] },
        ],
      },
    ],
  },
};

test('a record becomes one line a tuple, which the dialect reads', () => {
  const events = [NSG, VNET].flatMap((record) =>
    tuplesOf(Buffer.from(JSON.stringify(record)).toString('latin1')).map((line) => {
      const { verdict, event } = parsed(azure, line);
      return [verdict, event.sensor, event.rule, event.dstPort, event.action];
    })
  );
  expect(events).toEqual([
    ['ok', 'WEB-NSG', 'DenyAll', 23, 'drop'],
    ['ok', 'WEB-NSG', 'DenyAll', 24, 'drop'],
    ['ok', 'WEB-NSG', 'Out', 53, 'allow'],
    ['ok', 'net-1', Buffer.from('Büro "1"').toString('latin1'), 23, 'drop'],
  ]);
});

test('what is no record, has no tuples, or was cut, gives no lines', () => {
  const text = JSON.stringify(NSG);
  for (const line of ['', '{}', '{"flowTuples":[]}', 'null "flowTuples"', text.slice(0, -1), `[${text}]`]) {
    expect(tuplesOf(line)).toEqual([]);
  }
});

test('a line has one byte a character, whatever the record has', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (rule, odd) => {
      const record = { time: odd, properties: { flows: [{ rule, flows: [{ flowTuples: [rule, odd] }] }] } };
      for (const line of tuplesOf(JSON.stringify(record))) {
        expect(Buffer.from(line, 'latin1').toString('latin1')).toBe(line);
        expect(line).not.toContain('\n');
        expect(JSON.parse(line)).toMatchObject({ rule });
      }
    }),
    { seed: 20_261_122, numRuns: 300 }
  );
});
