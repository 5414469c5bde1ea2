/** First in, first out, in constant time: an array whose used-up front is cut off now and then. */
export const fifo = <T>() => {
  let items: (T | undefined)[] = [];
  let head = 0;
  return {
    push(item: T): void {
      items.push(item);
    },
    /** Undefined where nothing is in it. */
    get first(): T | undefined {
      return items[head];
    },
    shift(): T | undefined {
      if (head === items.length) return undefined;
      const item = items[head];
      items[head++] = undefined;
      if (head >= 1024 && head * 2 >= items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
    get length(): number {
      return items.length - head;
    },
  };
};
