import { describeDialect } from '../dialect.case.js';
import { netfilter, reasons } from './parse.js';

describeDialect({
  dialect: netfilter,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    proto: 'digits at the end of a line (PROTO=16 of 162) are whole where senders trim the space behind them',
    icmpCode: 'the same: CODE=0 often ends a line',
    tcpFlags: 'words at the end count, since some writers end with them; ACK of "ACK PSH" looks whole',
  },
});
