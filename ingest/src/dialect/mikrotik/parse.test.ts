import { describeDialect } from '../dialect.case.js';
import { mikrotik, reasons } from './parse.js';

describeDialect({
  dialect: mikrotik,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    length: 'digits at the end of a line may be the first of more; nothing follows a length',
  },
});
