// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export const FLUSH = '0000';

/** One line of git's wire format: four hex digits of length, then the text. */
export function pktLine(text: string): string {
  const length = Buffer.byteLength(text) + 4;
  return `${length.toString(16).padStart(4, '0')}${text}`;
}

/** One ref that a push wants to move. */
export interface PushCommand {
  oldSha: string;
  newSha: string;
  refName: string;
}

/** What a push asks for, from the start of its body. */
export function parsePushCommands(body: Buffer): {
  commands: PushCommand[];
  capabilities: string[];
} {
  const commands: PushCommand[] = [];
  let capabilities: string[] = [];
  for (let at = 0; at + 4 <= body.length; ) {
    const length = parseInt(body.subarray(at, at + 4).toString(), 16);
    if (!(length > 4)) {
      break;
    }
    const line = body
      .subarray(at + 4, at + length)
      .toString()
      .trimEnd();
    const [command, rest] = line.split('\0');
    const [oldSha, newSha, ...name] = command.split(' ');
    commands.push({ oldSha, newSha, refName: name.join(' ') });
    capabilities = rest?.trim().split(' ') ?? capabilities;
    at += length;
  }
  return { commands, capabilities };
}

/** The answer to a push of which no ref was moved. */
export function refusedPush(
  refusals: Array<{ refName: string; reason: string }>,
  capabilities: string[],
): Buffer {
  const report =
    pktLine('unpack ok\n') +
    refusals
      .map(({ refName, reason }) => pktLine(`ng ${refName} ${reason}\n`))
      .join('') +
    FLUSH;
  if (!capabilities.includes('side-band-64k')) {
    return Buffer.from(report);
  }
  return Buffer.from(pktLine(`\x01${report}`) + FLUSH);
}
