/** The name under which a ledger keeps what a model spends, on a part of the problems where one is named. */
export const accountName = (model: string, part: string | undefined): string =>
  part === undefined ? model : `${model}${ON}${part}`;

export const modelIn = (name: string): string => name.split(ON, 1)[0] as string;

export const partIn = (name: string): string | null => {
  const at = name.indexOf(ON);
  return at < 0 ? null : name.slice(at + ON.length);
};

/** No model has it in its name. */
const ON = ' on the part ';
