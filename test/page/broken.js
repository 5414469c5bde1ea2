// Evaluated in the page: what sticks out of it at its width, or lies over a neighbour, a line each.
(() => {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide in ${clientWidth}`);
  const blocks = [...document.querySelectorAll('main > *, #run > *, section > *, .level > *, .flow > li')].map(
    (element) => ({
      name: `${element.tagName} ${element.textContent.slice(0, 30)}`,
      parent: element.parentElement,
      box: element.getBoundingClientRect(),
    }),
  );
  for (const [index, one] of blocks.entries())
    for (const other of blocks.slice(index + 1)) {
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (one.parent === other.parent && across > 1 && down > 1) found.push(`${one.name} lies over ${other.name}`);
    }
  return found;
})();
