/** First in, first out, in constant time: an array whose used-up front is cut off now and then. */
export const fifo = <T>() => {
  let items: (T | undefined)[] = [];
  let head = 0;
  return {
    push(item: T): void {
      items.push(item);
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
