// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Formats of one language. Times are instants in milliseconds since 1970. @public */
export interface Formats {
  /** `4 min. ago`, `in 40 sec.`; `now` within 5 s. */
  relative(time: number, now: number): string;
  /** `Nov 24, 2026, 2:02:10 PM GMT+1`. */
  absolute(time: number): string;
  /** Time of day, with the day when it is another one: `14:02`, `Sat 09:12`, `12 Nov, 09:12`. */
  clock(time: number, now: number): string;
  /** A length of time in its largest unit: `40 sec`, `5 min`, `2 days`. */
  duration(seconds: number): string;
  number(value: number): string;
}

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';

const UNITS: ReadonlyArray<{ unit: Unit; seconds: number; from: number }> = [
  { unit: 'year', seconds: 31_557_600, from: 31_557_600 },
  { unit: 'month', seconds: 2_629_800, from: 60 * 86_400 },
  { unit: 'day', seconds: 86_400, from: 36 * 3_600 },
  { unit: 'hour', seconds: 3_600, from: 90 * 60 },
  { unit: 'minute', seconds: 60, from: 60 },
  { unit: 'second', seconds: 1, from: 0 },
];

function inLargestUnit(seconds: number): { amount: number; unit: Unit } {
  const size = Math.abs(seconds);
  const step = UNITS.find(u => size >= u.from) ?? UNITS[UNITS.length - 1];
  return { amount: Math.round(seconds / step.seconds), unit: step.unit };
}

const DAY_MS = 86_400_000;

/**
 * Formats for a language, made once for each: building an `Intl` formatter costs
 * more than using it.
 *
 * @param language - BCP 47 tag
 * @public
 */
export function createFormats(language: string): Formats {
  const relative = new Intl.RelativeTimeFormat(language, {
    style: 'short',
    numeric: 'always',
  });
  const nowWord = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const absolute = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'long',
  });
  const hour = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  } as const;
  const sameDay = new Intl.DateTimeFormat(language, hour);
  const sameWeek = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    ...hour,
  });
  const older = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    ...hour,
  });
  const oldest = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...hour,
  });
  const numbers = new Intl.NumberFormat(language);
  const units = new Map<Unit, Intl.NumberFormat>();

  return {
    relative(time, now) {
      const seconds = (time - now) / 1000;
      if (Math.abs(seconds) < 5) {
        return nowWord.format(0, 'second');
      }
      const { amount, unit } = inLargestUnit(seconds);
      return relative.format(amount, unit);
    },
    absolute: time => absolute.format(time),
    clock(time, now) {
      const age = Math.abs(now - time);
      if (age < DAY_MS && new Date(time).getDay() === new Date(now).getDay()) {
        return sameDay.format(time);
      }
      if (age < 6 * DAY_MS) {
        return sameWeek.format(time);
      }
      return (age < 300 * DAY_MS ? older : oldest).format(time);
    },
    duration(seconds) {
      const { amount, unit } = inLargestUnit(seconds);
      let format = units.get(unit);
      if (!format) {
        format = new Intl.NumberFormat(language, {
          style: 'unit',
          unit,
          unitDisplay: 'short',
        });
        units.set(unit, format);
      }
      return format.format(amount);
    },
    number: value => numbers.format(value),
  };
}
