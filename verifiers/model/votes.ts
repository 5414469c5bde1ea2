/** How many votes said yes, no, or neither. */
export interface Votes {
  readonly yes: number;
  readonly no: number;
  readonly none: number;
}

/**
 * Asks for votes until they decide: as many at once as must agree, then one after another. Yes where `agree` of at most
 * `votes` say so; a vote that says neither counts against. The same as if all were asked, for less money.
 */
export const decide = async (
  vote: (sample: number) => Promise<boolean | null>,
  { votes, agree }: { readonly votes: number; readonly agree: number },
): Promise<Votes & { readonly isYes: boolean }> => {
  const cast = await Promise.all(Array.from({ length: agree }, (_, sample) => vote(sample)));
  for (;;) {
    const yes = cast.filter((one) => one === true).length;
    const no = cast.filter((one) => one === false).length;
    const counted = { yes, no, none: cast.length - yes - no };
    if (yes >= agree) return { ...counted, isYes: true };
    if (yes + votes - cast.length < agree) return { ...counted, isYes: false };
    cast.push(await vote(cast.length));
  }
};
