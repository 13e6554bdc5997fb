import type { Consumer } from '@platformatic/kafka';

type Fetched = Awaited<ReturnType<Consumer['fetch']>>;
type FetchedPartition = Fetched['responses'][number]['partitions'][number];
export type RecordsBatch = NonNullable<FetchedPartition['records']>[number];

/** A batch's attributes: records of a transaction, and the marker that ends one. */
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/** Of one message. The value is only valid during the call. */
export type OnMessage = (value: Buffer, timestampMs: number) => void;

/**
 * Hands on the messages of a partition from an offset, in order, but for those of transactions that were aborted.
 * @returns the offset behind the last batch, also where that holds nothing for us
 */
export function readBatches(
  batches: readonly RecordsBatch[],
  from: bigint,
  aborted: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[],
  onMessage: OnMessage
): bigint {
  let next = from;
  const running = new Set<bigint>();
  for (const batch of batches) {
    const end = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
    for (const { producerId, firstOffset } of aborted) {
      if (firstOffset >= batch.firstOffset && firstOffset < end) running.add(producerId);
      // It may have begun before what was fetched.
      if (firstOffset < batch.firstOffset && batch === batches[0]) running.add(producerId);
    }
    const isControl = (batch.attributes & CONTROL) !== 0;
    if (isControl) running.delete(batch.producerId);
    const isAborted = (batch.attributes & TRANSACTIONAL) !== 0 && running.has(batch.producerId);
    if (!isControl && !isAborted) {
      for (const { offsetDelta, timestampDelta, value } of batch.records) {
        // A batch comes whole, though it was read up to its middle.
        if (batch.firstOffset + BigInt(offsetDelta) < from || value === null) continue;
        onMessage(value, Number(batch.firstTimestamp + timestampDelta));
      }
    }
    if (end > next) next = end;
  }
  return next;
}
