import type { Outcome } from '../domain/failure.ts';
import { cleanScript, parseCleaned } from '../job/clean.ts';
import { newNonce } from '../job/nonce.ts';
import { parseProbe, probeScript } from '../job/probe.ts';
import { parseReceived, type Received, receiveScript } from '../job/receive.ts';
import { parseRestart, restartScript } from '../job/restart.ts';
import { followScript, startScript } from '../job/start.ts';
import { parseStopped, stopScript } from '../job/stop.ts';
import { parseVerification, verifyScript } from '../job/verify.ts';
import { ok } from '../shared/result.ts';
import type { DeviceSession, Upload } from './deviceSession.ts';
import { followOutput } from './followOutput.ts';
import type { RemoteProcess } from './remoteProcess.ts';
import { type Answer, collectAnswer } from './scriptRun.ts';
import { sendContent } from './sendContent.ts';
import { createShellShelf } from './shellShelf.ts';
import type { ShellSource } from './shellSource.ts';
import { hashMs, silenceMs } from './timeLimits.ts';

/** How long a device may say nothing before its line is taken for dead. */
export interface SilenceLimits {
  /** Not one block of a transfer goes out. */
  readonly transferMs: number;
  /** The follower of an installer says every five seconds that it is alive. */
  readonly followMs: number;
}
export const usualSilence: SilenceLimits = { transferMs: 60_000, followMs: 30_000 };

/** A device that restarts goes without a word: the line is given up sooner. */
const restartSilenceMs = 25_000;
const stopGraceSeconds = 10;

/** A device session made of the job's shell scripts, over whatever opens shells on the device. */
export function createScriptedSession(
  source: ShellSource,
  limits: SilenceLimits = usualSilence,
): DeviceSession {
  const shelf = createShellShelf(source);

  async function run(script: string): Promise<Outcome<RemoteProcess>> {
    const shell = await shelf.take({ scriptBytes: Buffer.byteLength(script), hasInput: false, as: 'root' });
    if (!shell.ok) return shell;
    const process = shell.value.send(script);
    process.endInput();
    return ok(process);
  }

  async function ask<T>(
    script: string,
    parse: (text: string) => Outcome<T>,
    limitMs = silenceMs,
  ): Promise<Outcome<T>> {
    const process = await run(script);
    return process.ok ? answerOf(await collectAnswer(process.value, { silenceMs: limitMs }), parse) : process;
  }

  function answerOf<T>(answer: Outcome<Answer>, parse: (text: string) => Outcome<T>): Outcome<T> {
    if (!answer.ok) return answer;
    const parsed = parse(answer.value.text);
    // What a lost line left of an answer is none.
    return parsed.ok || answer.value.isWhole ? parsed : source.lost();
  }

  async function receive(upload: Upload, hasContent: boolean): Promise<Outcome<Received>> {
    const nonce = newNonce();
    const { content, attemptId } = upload;
    const script = receiveScript({
      nonce,
      content,
      destination: source.isLoginEnough ? { kind: 'cache' } : { kind: 'upload', attemptId },
      // Asked to go on behind the end, the device writes nothing and says what it has.
      offset: hasContent ? upload.offset : content.sizeBytes,
    });
    const shell = await shelf.take({ scriptBytes: Buffer.byteLength(script), hasInput: true, as: 'login' });
    if (!shell.ok) return shell;
    const process = shell.value.send(script);
    const sending = hasContent ? sendContent(process, upload, limits.transferMs) : Promise.resolve(ok(null));
    const answer = collectAnswer(process, {
      silenceMs: hashMs(content.sizeBytes),
      after: sending,
      signal: upload.signal,
    });
    const sent = await sending;
    process.endInput();
    if (!sent.ok) {
      process.close();
      return sent;
    }
    return answerOf(await answer, (text) => parseReceived(text, nonce));
  }

  return {
    accountId: source.accountId,
    closed: source.closed,
    close: () => source.close(),
    probe: (question) => {
      const nonce = newNonce();
      const script = probeScript({ nonce, ...question });
      const answer = ask(script, (text) => parseProbe(text, nonce), hashMs(question.content?.sizeBytes ?? 0));
      // Behind its own: what an installation needs next.
      if (question.content !== null) shelf.prepare();
      return answer;
    },
    partOf: (upload) => receive(upload, false),
    receive: (upload) => receive(upload, true),
    async start(question, onEvent) {
      const nonce = newNonce();
      const process = await run(startScript({ nonce, ...question }));
      if (!process.ok) return process;
      // For cleaning up.
      shelf.prepareRoot();
      return followOutput(process.value, nonce, onEvent, source, {
        untilStartedMs: hashMs(question.content.sizeBytes),
        afterwardsMs: limits.followMs,
      });
    },
    async follow(question, onEvent) {
      const nonce = newNonce();
      const process = await run(followScript({ nonce, ...question }));
      if (!process.ok) return process;
      return followOutput(process.value, nonce, onEvent, source, {
        untilStartedMs: limits.followMs,
        afterwardsMs: limits.followMs,
      });
    },
    verify: (detection) => {
      const nonce = newNonce();
      return ask(verifyScript({ nonce, detection }), (text) => parseVerification(text, nonce));
    },
    restart: (attemptId, option) => {
      const nonce = newNonce();
      const script = restartScript({ nonce, attemptId, option });
      return ask(script, (text) => parseRestart(text, nonce), restartSilenceMs);
    },
    stop: (attemptId) => {
      const nonce = newNonce();
      const script = stopScript({ nonce, attemptId, graceSeconds: stopGraceSeconds });
      return ask(script, (text) => ok(parseStopped(text, nonce)));
    },
    clean: (attemptId, contentSha256, uploadFolder) => {
      const nonce = newNonce();
      const script = cleanScript({ nonce, attemptId, contentSha256, uploadFolder });
      return ask(script, (text) => ok(parseCleaned(text, nonce)));
    },
  };
}
