import { EndpointFault } from '../../endpoint-fault.ts';

/** Reads JSON; what is none is a fault that shows how it begins. */
export const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EndpointFault('malformed', `not JSON: ${beginning(text)}`, { cause: error });
  }
};

export const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Enough of a text to know it by. */
export const beginning = (text: string): string => JSON.stringify(text.slice(0, 200));
