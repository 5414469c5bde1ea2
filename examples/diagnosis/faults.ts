/** The counters of a cell with what is usual for each. */
export const counters = {
  'dropped calls, %': [0.2, 0.9],
  'throughput, Mbit/s': [60, 95],
  'load, %': [30, 65],
  'noise floor, dBm': [-118, -112],
  'reflected power, %': [1, 4],
  'clock offset, ns': [5, 60],
  'backhaul loss, %': [0, 0.1],
  'failed handovers, %': [0.5, 2],
  'temperature, °C': [28, 44],
  'supply, V': [47.5, 49.5],
} as const satisfies Record<string, readonly [number, number]>;

export type Counter = keyof typeof counters;

/** What a fault does to a cell: counters that leave their range, and a line of the log that tells. */
export interface Fault {
  /** The first tells it from the others; the rest it shares with some. */
  readonly shows: readonly (readonly [counter: Counter, low: number, high: number])[];
  readonly log: string;
  readonly why: string;
}

/** The closed list of answers. */
export const faults: Readonly<Record<string, Fault>> = {
  'antenna fault': {
    shows: [
      ['reflected power, %', 18, 40],
      ['dropped calls, %', 3, 6],
      ['throughput, Mbit/s', 15, 35],
    ],
    log: 'VSWR above threshold on port A',
    why: 'power comes back from the antenna instead of leaving it',
  },
  interference: {
    shows: [
      ['noise floor, dBm', -98, -90],
      ['dropped calls, %', 3, 6],
      ['throughput, Mbit/s', 15, 35],
    ],
    log: 'uplink noise rise without traffic',
    why: 'a stranger on the band lifts the noise floor while nothing is wrong with the hardware',
  },
  overload: {
    shows: [
      ['load, %', 96, 100],
      ['throughput, Mbit/s', 15, 35],
      ['dropped calls, %', 3, 6],
    ],
    log: 'admission control rejected bearers',
    why: 'more is asked of the cell than it can carry',
  },
  'clock drift': {
    shows: [
      ['clock offset, ns', 1500, 4000],
      ['failed handovers, %', 9, 20],
      ['dropped calls, %', 3, 6],
    ],
    log: 'PTP holdover, master lost',
    why: 'the cell has lost the time that its neighbours share',
  },
  'missing neighbour': {
    shows: [
      ['failed handovers, %', 9, 20],
      ['dropped calls, %', 3, 6],
    ],
    log: 'measurement report of an unknown cell',
    why: 'handovers fail while clock and radio are sound: the neighbour is not in the list',
  },
  'backhaul fault': {
    shows: [
      ['backhaul loss, %', 4, 12],
      ['throughput, Mbit/s', 15, 35],
    ],
    log: 'S1 path retransmissions',
    why: 'packets are lost behind the cell and not on the air',
  },
  overheating: {
    shows: [
      ['temperature, °C', 74, 92],
      ['throughput, Mbit/s', 15, 35],
    ],
    log: 'output power reduced by thermal protection',
    why: 'the amplifier protects itself against the heat',
  },
  'failing power supply': {
    shows: [
      ['supply, V', 40, 43],
      ['throughput, Mbit/s', 15, 35],
      ['dropped calls, %', 3, 6],
    ],
    log: 'undervoltage, battery on discharge',
    why: 'the supply sags and the radio with it',
  },
};

export const labels = Object.keys(faults);
