/** The JSON object of an answer; an empty one where it is none, or longer than a megabyte. */
export const objectIn = async ({ body }: Response): Promise<Record<string, unknown>> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body ?? []) {
      length += chunk.byteLength;
      if (length > MOST_BYTES) return {};
      chunks.push(chunk);
    }
    return Object(JSON.parse(Buffer.concat(chunks).toString()));
  } catch {
    return {};
  }
};

const MOST_BYTES = 1 << 20;
