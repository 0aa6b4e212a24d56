// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { HiddenText } from '../hidden';
import { useFormats } from './useFormats';
import { useNow } from './useNow';

/** @public */
export interface TimestampProps {
  /** ISO 8601, or milliseconds since 1970. */
  time: string | number;
  /** `relative`: "4 min. ago"; `clock`: "14:02" or "Sat 09:12". */
  format?: 'relative' | 'clock';
  /**
   * The time may be still to come. What has happened is never in the future for a
   * reader, although clocks differ and the present is renewed in steps.
   */
  planned?: boolean;
}

/**
 * A moment as people say it. The exact time is in the tooltip and in the
 * accessible name. A time that cannot be read is shown as it came, not as a date
 * of 1970.
 *
 * @public
 */
export function Timestamp(props: TimestampProps) {
  const { format = 'relative', planned = false } = props;
  const now = useNow();
  const formats = useFormats();
  const time = new Date(props.time).getTime();
  if (Number.isNaN(time)) {
    return <span>{String(props.time)}</span>;
  }
  const absolute = formats.absolute(time);
  return (
    <time dateTime={new Date(time).toISOString()} title={absolute}>
      {formats[format](planned ? time : Math.min(time, now), now)}
      <HiddenText>{` (${absolute})`}</HiddenText>
    </time>
  );
}
