// The naive way to draw a run with Ink, as its examples do: the rows are state, each event copies and sets them,
// each visible row is a Box of Texts, and Ink decides when to draw. Only its keys and its footer are haifu's.
//   node naiveConsole.ts --devices N --rate EVENTS_A_SECOND
import { parseArgs } from 'node:util';
import { Box, render, Text, useInput } from 'ink';
import { createElement as draw, useEffect, useState } from 'react';

const { values } = parseArgs({ options: { devices: { type: 'string' }, rate: { type: 'string' } } });
const count = Number(values.devices);
const rate = Number(values.rate);
const states = ['waiting', 'connecting', 'transferring', 'installing', 'succeeded'];
const ticksPerSecond = 50;

interface Row {
  readonly name: string;
  readonly address: string;
  readonly state: string;
}

const first = Array.from(
  { length: count },
  (_, i): Row => ({ name: `device-${i + 1}`, address: `198.18.${i >> 8}.${i & 255}`, state: 'waiting' }),
);

function Run() {
  const screenHeight = process.stdout.rows;
  const height = screenHeight - 4;
  const [rows, setRows] = useState(first);
  const [cursor, setCursor] = useState(0);
  const [top, setTop] = useState(0);
  useInput((_input, key) => {
    const by = key.downArrow ? 1 : key.upArrow ? -1 : key.pageDown ? screenHeight - 11 : 0;
    const next = Math.max(0, Math.min(count - 1, cursor + by));
    setCursor(next);
    setTop(Math.max(next - height + 1, Math.min(top, next)));
  });
  useEffect(() => {
    if (rate === 0) return;
    const timer = setInterval(() => {
      for (let i = 0; i < rate / ticksPerSecond; i++) {
        const at = Math.floor(Math.random() * count);
        const state = states[Math.floor(Math.random() * states.length)] ?? '';
        setRows((before) => before.map((row, place) => (place === at ? { ...row, state } : row)));
      }
    }, 1000 / ticksPerSecond);
    return () => clearInterval(timer);
  }, []);
  const cell = (width: number, text: string, isHere: boolean) =>
    draw(Box, { width, key: width }, draw(Text, { inverse: isHere, wrap: 'truncate' }, text));
  const visible = rows
    .slice(top, top + height)
    .map((row, i) =>
      draw(
        Box,
        { key: row.name },
        cell(30, row.name, top + i === cursor),
        cell(20, row.address, top + i === cursor),
        cell(15, row.state, top + i === cursor),
      ),
    );
  return draw(
    Box,
    { flexDirection: 'column', height: screenHeight - 1 },
    draw(Text, null, ' naive'),
    draw(Box, { flexDirection: 'column', flexGrow: 1 }, ...visible),
    draw(Text, null, ` ${cursor + 1}/${count} ─`),
  );
}

render(draw(Run), { exitOnCtrlC: true });
