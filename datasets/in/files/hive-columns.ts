/**
 * What the folders of a file say of all rows in it (Hive's layout: `level=5/part-0.parquet`); null where they say
 * nothing. `path` is relative to the data set's own folder: what stands above that is the machine's business.
 */
export const hiveColumns = (path: string): Readonly<Record<string, string>> | null => {
  const pairs = path.split('/').flatMap((part) => {
    const [, name, value] = /^([A-Za-z_]\w*)=(.+)$/.exec(part) ?? [];
    return name && value ? [[name, unescaped(value)]] : [];
  });
  return pairs.length > 0 ? Object.fromEntries(pairs) : null;
};

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
