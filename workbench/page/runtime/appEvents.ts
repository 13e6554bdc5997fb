import { EventBusSrv } from '@grafana/data';

/** The application's event bus; plugins reach it as getAppEvents(), and announce things on it. */
export const appEvents = new EventBusSrv();
