import type { Price } from '../../../llm/settings.ts';
import type { Config } from '../../settings/schema.ts';

type Priced = { readonly price: Price; readonly batch?: Config['student']['batch'] };

/** What batch APIs take, as far as nothing else is said. */
const BATCH_SHARE = 0.5;

/** What a model's answers cost by its batch API. */
export const batchPrice = ({ price, batch }: Priced): Price =>
  batch?.price ?? {
    input: price.input * BATCH_SHARE,
    output: price.output * BATCH_SHARE,
    ...(price.cached !== undefined && { cached: price.cached * BATCH_SHARE }),
  };

/** What they cost in the way that it is asked. */
export const paidPrice = (priced: Priced): Price => (priced.batch ? batchPrice(priced) : priced.price);
