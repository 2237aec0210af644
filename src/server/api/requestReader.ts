import { z } from 'zod';
import { type Failure, failure, type Outcome } from '../../domain/failure.ts';
import { type CommandName, commands } from '../../protocol/commands.ts';
import type { Request } from '../../protocol/events.ts';
import { fail, ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';

const envelope = z.object({ id: z.int().min(0), command: z.string(), params: z.unknown() });

export interface ReadRequest {
  readonly id: number | null;
  readonly request: Outcome<{ readonly command: CommandName; readonly params: unknown }>;
}

const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name);

/** Checks a line at the door: afterwards its command exists and its params have the command's shape. */
export function readRequest(line: string): ReadRequest {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { id: null, request: fail(failure('protocol.malformed', { reason: 'notJson' })) };
  }
  const read = envelope.safeParse(json);
  if (!read.success) {
    const given = (json as Partial<Request> | null)?.id;
    const id = Number.isSafeInteger(given) ? (given as number) : null;
    return { id, request: fail(failure('protocol.malformed', { reason: 'notARequest' })) };
  }
  const { id, command } = read.data;
  if (!isCommandName(command)) {
    const reason = `unknown command ${sanitiseLine(command, 64)}`;
    return { id, request: fail(failure('protocol.malformed', { reason })) };
  }
  const params = commands[command].params.safeParse(read.data.params);
  if (!params.success) return { id, request: fail(invalidField(params.error)) };
  return { id, request: ok({ command, params: params.data }) };
}

/** Names the first wrong field and what would be right; never repeats the value, which may be a secret. */
function invalidField(error: z.ZodError): Failure {
  const issue = error.issues[0]!;
  // A list's place says nothing to whom sent one device: `devices.0.name` is the field `name`.
  const inList = issue.path.findLastIndex((part) => typeof part === 'number') + 1;
  const field =
    issue.path.slice(inList).map(String).join('.') || issue.path.map(String).join('.') || 'params';
  return failure('input.invalid', { field: sanitiseLine(field, 200), ...expectedBy(issue) });
}

/** Lengths count characters, lists count entries; the rest are numbers. */
const atMost: Readonly<Record<string, string>> = { string: 'atMostCharacters', array: 'atMostEntries' };
const atLeast: Readonly<Record<string, string>> = { string: 'atLeastCharacters', array: 'atLeastEntries' };

function expectedBy(issue: z.core.$ZodIssue): { expected: string; limit?: number } {
  switch (issue.code) {
    case 'invalid_type':
      return { expected: issue.expected };
    case 'too_big':
      return { expected: atMost[issue.origin] ?? 'atMost', limit: Number(issue.maximum) };
    case 'too_small':
      return { expected: atLeast[issue.origin] ?? 'atLeast', limit: Number(issue.minimum) };
    case 'invalid_value':
      return { expected: issue.values.map(String).join(' | ') };
    case 'invalid_format':
      return { expected: issue.format };
    default:
      return { expected: issue.code };
  }
}
