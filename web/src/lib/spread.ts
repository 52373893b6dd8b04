// Places blocks one below the other, in their order, each as near as may be to where it would like to be.

/** A block: the room it takes, and where its middle would like to be. */
export interface Block {
  readonly size: number;
  readonly ideal: number;
}

/**
 * The upper edges of the blocks within `room`: the order kept, none over another, the sum of squared distances from
 * the ideal middles least. The room grows where the blocks do not fit.
 *
 * With the sizes above each block taken off, the edges need only not fall: isotonic regression by pooling adjacent
 * violators (Barlow et al. 1972), then cut to the room, which keeps the optimum.
 */
export function spread(blocks: readonly Block[], room: number): number[] {
  const pools: { sum: number; count: number }[] = [];
  const above: number[] = [];
  let taken = 0;
  for (const { size, ideal } of blocks) {
    above.push(taken);
    pools.push({ sum: ideal - size / 2 - taken, count: 1 });
    taken += size;
    for (let last = pools.length - 1; last > 0; last -= 1) {
      const [upper, lower] = [pools[last - 1], pools[last]] as [Pool, Pool];
      if (upper.sum / upper.count <= lower.sum / lower.count) break;
      pools.splice(last - 1, 2, { sum: upper.sum + lower.sum, count: upper.count + lower.count });
    }
  }
  const most = Math.max(0, room - taken);
  const edges = pools.flatMap(({ sum, count }) => new Array<number>(count).fill(Math.min(most, Math.max(0, sum / count))));
  return edges.map((edge, index) => edge + (above[index] ?? 0));
}

interface Pool {
  readonly sum: number;
  readonly count: number;
}
