import {
  type DataFrame,
  type DataFrameJSON,
  type DataQueryResponse,
  FieldType,
  isLiveChannelMessageEvent,
  isLiveChannelStatusEvent,
  type LiveChannelAddress,
  LiveChannelConnectionState,
  LoadingState,
} from '@grafana/data';
import { getGrafanaLiveSrv } from '@grafana/runtime';
import { filter, Observable, type Subscriber, Subscription } from 'rxjs';
import { COLUMNS, LiveLog, type Push, type PushState, readPush, type Told } from './push';

export interface Followed {
  addr: LiveChannelAddress;
  /** Of the responses, each of which replaces the one before. */
  key: string;
  refId: string;
  /** Asks for the picture up to now. */
  picture: () => Observable<DataQueryResponse>;
}

/** Rows of the log at most (48 bytes each); then a new picture takes them in. */
const MOST_ROWS = 200_000;
/** A picture is asked for again no sooner than this, ms: after a failure, or where a stream leaves things out. */
const RETRY_MS = 5_000;
const REPAIR_MS = 30_000;
/** Without word from Grafana Live by then, the picture is asked for alone. */
const PATIENCE_MS = 2_000;
/** Three of the stream's heartbeats. */
const SILENCE_MS = 15_000;

/**
 * A picture and what came since, in two frames: the cells of the picture, and a log that grows (`meta.custom.fireplot`
 * is `live`). The picture is asked for when the channel is joined, and again when a push was missed, the stream began
 * anew, or the log is full: nothing is missing and nothing twice, whatever happened between.
 */
export function follow(followed: Followed): Observable<DataQueryResponse> {
  return new Observable((subscriber) => {
    const one = new Following(followed, subscriber);
    return () => one.stop();
  });
}

class Following {
  private readonly all = new Subscription();
  private asking: Subscription | undefined;
  private picture: DataFrame[] = [];
  private log: LiveLog | undefined;
  /** Pushes since the picture was asked for that is not there yet. */
  private waiting: Push[] = [];
  private state: PushState | undefined;
  /** How far the data source's clock is ahead of this one, ms, transport included. */
  private skewMs = 0;
  /** What the stream had left out when the picture was asked for: the picture has it. */
  private known = { skipped: 0, dropped: 0 };
  private wanted = { skipped: 0, dropped: 0 };
  /** Why nothing comes, and why the picture could not be had; '' where all is well. */
  private away = '';
  private failure = '';
  private silence: ReturnType<typeof setTimeout> | undefined;
  private askedAt = -Infinity;
  private again: ReturnType<typeof setTimeout> | undefined;
  private readonly impatient: ReturnType<typeof setTimeout>;

  constructor(
    private readonly followed: Followed,
    private readonly out: Subscriber<DataQueryResponse>
  ) {
    this.impatient = setTimeout(() => this.askedAt === -Infinity && this.ask(), PATIENCE_MS);
    this.all.add(
      getGrafanaLiveSrv()
        .getStream<DataFrameJSON>(followed.addr)
        .subscribe({
          next: (event) => {
            if (isLiveChannelMessageEvent(event)) {
              const push = readPush(event.message);
              if (push) {
                this.take(push);
              }
            } else if (isLiveChannelStatusEvent(event)) {
              this.joined(event.state, event.error);
            }
          },
          error: (error: unknown) => this.lost(wordsOf(error)),
        })
    );
  }

  stop(): void {
    clearTimeout(this.again);
    clearTimeout(this.silence);
    clearTimeout(this.impatient);
    this.asking?.unsubscribe();
    this.all.unsubscribe();
  }

  private joined(state: LiveChannelConnectionState, error: unknown): void {
    if (error !== undefined && error !== null) {
      this.lost(wordsOf(error));
    } else if (state === LiveChannelConnectionState.Connected) {
      this.away = '';
      this.listen();
      this.ask();
    } else if (state === LiveChannelConnectionState.Disconnected && this.log) {
      this.lost('the connection is away');
    }
  }

  /** The stream is not there: what is shown stays, and a picture is asked for where there is none. */
  private lost(why: string): void {
    this.away = `Nothing new is shown: ${why}.`;
    if (this.log) {
      this.emit();
    } else if (!this.asking) {
      this.ask();
    }
  }

  /** A stream says something every few seconds; one that does not has ended on its way here. */
  private listen(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost('the stream is silent'), SILENCE_MS);
  }

  private take(push: Push): void {
    const { state } = push;
    this.away = '';
    this.listen();
    const last = this.state;
    this.state = state;
    this.skewMs = (push.columns[0]?.[0] ?? Date.now()) - Date.now();
    const missed = last !== undefined && (state.run !== last.run || state.n !== last.n + 1);
    const back = last !== undefined && last.trouble !== '' && state.trouble === '';
    if (missed || (back && !this.log)) {
      this.askSoon();
    }
    if (this.asking) {
      this.waiting.push(push);
    }
    if (!this.log) {
      return;
    }
    this.log.append(push);
    const { skipped, dropped } = this.leftOut();
    const full = this.log.length > MOST_ROWS;
    if ((full && this.sinceAsked() > RETRY_MS) || (skipped + dropped > 0 && this.sinceAsked() > REPAIR_MS)) {
      this.ask();
    }
    this.emit();
  }

  private sinceAsked(): number {
    return Date.now() - this.askedAt;
  }

  /** Events and batches that the stream left out since the picture. */
  private leftOut(): { skipped: number; dropped: number } {
    const { skipped = 0, dropped = 0 } = this.state ?? {};
    return { skipped: Math.max(0, skipped - this.known.skipped), dropped: Math.max(0, dropped - this.known.dropped) };
  }

  /** At once, unless it was just asked for: a page that is too slow for the stream misses push after push. */
  private askSoon(): void {
    const wait = RETRY_MS - this.sinceAsked();
    if (wait <= 0) {
      this.ask();
    } else {
      this.again ??= setTimeout(() => this.ask(), wait);
    }
  }

  private ask(): void {
    clearTimeout(this.again);
    this.again = undefined;
    this.asking?.unsubscribe();
    this.waiting = [];
    this.askedAt = Date.now();
    this.wanted = { skipped: this.state?.skipped ?? 0, dropped: this.state?.dropped ?? 0 };
    const asking = this.followed
      .picture()
      .pipe(filter(({ state }) => state !== LoadingState.Loading))
      .subscribe({
        next: (response) => this.painted(response),
        error: (error: unknown) => this.failed(wordsOf(error)),
      });
    // An answer that came at once has ended it already.
    this.asking = asking.closed ? undefined : asking;
  }

  private painted(response: DataQueryResponse): void {
    this.asking?.unsubscribe();
    this.asking = undefined;
    const told = toldBy(response.data);
    if (told === undefined) {
      this.failed(response.errors?.[0]?.message ?? 'the answer is no live picture', response);
      return;
    }
    this.picture = response.data;
    this.log = new LiveLog(told);
    this.waiting.forEach((push) => this.log?.append(push));
    this.waiting = [];
    this.known = this.wanted;
    this.failure = '';
    this.emit();
  }

  /** The picture that is shown stays; where there is none, the failure is shown as that of any query. */
  private failed(why: string, response?: DataQueryResponse): void {
    this.asking = undefined;
    clearTimeout(this.again);
    this.again = setTimeout(() => this.ask(), RETRY_MS);
    if (this.log) {
      this.failure = why;
      this.emit();
    } else {
      const errors = response?.errors ?? [{ message: why, refId: this.followed.refId }];
      this.out.next({ key: this.followed.key, state: LoadingState.Error, data: [], errors });
    }
  }

  private emit(): void {
    if (!this.log) {
      return;
    }
    const { key, refId } = this.followed;
    this.out.next({ key, state: LoadingState.Streaming, data: [...this.picture, this.frame(this.log, refId)] });
  }

  /** No field is a number: Grafana would look for the least and the greatest of each at every push. */
  private frame(log: LiveLog, refId: string): DataFrame {
    const { skipped, dropped } = this.leftOut();
    const custom = {
      fireplot: 'live',
      run: this.state?.run,
      sent: this.state?.sent,
      skewMs: this.skewMs,
      skipped,
      dropped,
      trouble: this.state?.trouble || this.away || this.failure,
    };
    return {
      refId,
      name: 'live',
      length: log.length,
      meta: { custom },
      fields: COLUMNS.map((name, i) => ({
        name,
        type: name === 'time' ? FieldType.time : FieldType.other,
        config: {},
        values: log.columns[i]!,
      })),
    };
  }
}

function toldBy(frames: readonly DataFrame[]): Told | undefined {
  for (const frame of frames) {
    const live: unknown = frame.meta?.custom?.live;
    if (typeof live === 'object' && live !== null && 'told' in live && Array.isArray(live.told)) {
      return live as Told;
    }
  }
  return undefined;
}

function wordsOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) {
    return String(error.message);
  }
  return typeof error === 'string' ? error : 'Grafana Live does not answer';
}
