/** Whether tests run in their long form: `npm run test:long`. */
export const isLong = process.env.SLUICE_LONG === '1';
