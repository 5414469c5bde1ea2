/** Numbers as the page writes them. */
export const whole = (number) => Math.round(number).toLocaleString('en');

/** `1 problem`, `2,000 problems`. */
export const many = (count, one) => `${whole(count)} ${one}${count === 1 ? '' : 's'}`;

export const time = (seconds) => {
  if (seconds >= 3600) return `${(seconds / 3600).toFixed(1)} h`;
  return seconds >= 60 ? `${(seconds / 60).toFixed(1)} min` : `${Math.round(seconds)} s`;
};

export const rate = (perSecond) => `${perSecond >= 10 ? Math.round(perSecond) : perSecond.toFixed(1)}/s`;
