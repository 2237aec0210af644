import { execFileSync } from 'node:child_process';
import { type Dirent, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanScript, parseCleaned } from '../../src/job/clean.ts';
import { newNonce } from '../../src/job/nonce.ts';
import { followScript, startScript } from '../../src/job/start.ts';
import { parseStopped, stopScript } from '../../src/job/stop.ts';
import { parseVerification, verifyScript } from '../../src/job/verify.ts';
import { contentOf, install, receiptQuery, send, startRequest } from './orders.ts';
import { FakeDevice, followEvents, installedShells, logOf, newAttemptId } from './shells.ts';

const bytes = Buffer.from('the content');
const content = contentOf(bytes);

describe.each(installedShells())('start under $name', (shell) => {
  let device: FakeDevice;
  beforeEach(() => {
    device = new FakeDevice(shell);
  });
  afterEach(() => device.dispose());

  const job = (attemptId: string, name = '') => join(device.state, 'jobs', attemptId, name);
  const runnerOf = (attemptId: string) =>
    Number(readFileSync(job(attemptId, 'started'), 'utf8').split(' ')[0]);
  const until = async (isDone: () => boolean) => {
    while (!isDone()) await pause(20);
  };
  const follow = async (attemptId: string, logOffset = 0) => {
    const nonce = newNonce();
    const script = followScript({ nonce, attemptId, detection: receiptQuery(content), logOffset });
    return followEvents((await device.run(script)).output, nonce);
  };
  /** Starts without waiting for the end; resolves once the runner has its lock and the installer its pid. */
  const begin = async (script: string) => {
    await send(device, bytes);
    const request = startRequest(content, script);
    const child = device.spawn(startScript(request));
    child.stdin?.end();
    child.stdout?.resume();
    await until(
      () =>
        existsSync(job(request.attemptId, 'installer')) &&
        readFileSync(job(request.attemptId, 'installer')).length > 0,
    );
    return { request, child };
  };

  it('runs the plan once, streams its log, says the exit code and the detection', async () => {
    const { events } = await install(
      device,
      'echo "in $(pwd | sed "s:.*/::")"; cat "$HAIFU_PACKAGE"; exit 0',
    );
    expect(events[0]).toEqual({ kind: 'started', isNew: true });
    expect(logOf(events)).toMatch(/^in work\ncontent of echo/);
    expect(events.at(-2)).toEqual({ kind: 'end', end: { kind: 'exit', code: 0 } });
    expect(events.at(-1)).toEqual({
      kind: 'verified',
      verification: {
        detection: { state: 'present', installedVersion: '1.0' },
        isRestartRequired: false,
        bootId: 'boot-one',
      },
    });
  });

  it('says a failing exit code and writes no receipt', async () => {
    const { events } = await install(device, 'echo no; exit 42');
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 42 } });
    expect(events.at(-1)).toMatchObject({ verification: { detection: { state: 'absent' } } });
  });

  it('says the signal that ended the installer', async () => {
    const { events } = await install(device, 'kill -9 $$');
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'signal', code: 137, signal: 'SIGKILL' } });
  });

  it('gives the installer its environment and nothing of ours, no input, and private files', async () => {
    const environment = { HAIFU_VALUE: `it's "a" $(b)\n\`c\` \\` };
    const { events, request } = await install(device, 'printf "%s|" "$HAIFU_VALUE"; umask; cat; env', {
      environment,
    });
    const log = logOf(events);
    expect(log.startsWith(`${environment.HAIFU_VALUE}|0022\n`)).toBe(true);
    expect(log).not.toContain(request.nonce);
    for (const name of ['log', 'rc', 'started'])
      expect(statSync(job(request.attemptId, name)).mode & 0o077).toBe(0);
    expect(statSync(job(request.attemptId)).mode & 0o777).toBe(0o700);
  });

  /** Every file of the device that holds the text, but the installer's own log. */
  const filesWith = (text: string): string[] =>
    (readdirSync(device.folder, { recursive: true, withFileTypes: true }) as Dirent[])
      .filter((entry) => entry.isFile() && entry.name !== 'log')
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path, 'utf8').includes(text));

  it('hands a license over in a private file beside the package, gone with the installer', async () => {
    const key = `K3Y-'"$(x)\n\`line two\``;
    const { events } = await install(
      device,
      'cat "$HAIFU_LICENSE_FILE"; ls -l "$HAIFU_LICENSE_FILE" | cut -c 1-10; ' +
        'dirname "$HAIFU_PACKAGE"; dirname "$HAIFU_LICENSE_FILE"; env',
      { license: { key, fileName: 'tool.lic', variable: null } },
    );
    const [one, two, mode, packageFolder, licenseFolder, ...environment] = logOf(events).split('\n');
    expect([one, two, mode]).toEqual([...key.split('\n'), '-rw-------']);
    expect(licenseFolder).toBe(packageFolder);
    expect(environment.join('\n')).toContain('HAIFU_LICENSE_FILE=');
    expect(environment.join('\n')).not.toContain('K3Y');
    expect(filesWith('K3Y')).toEqual([]);
  });

  it.each(['TOOL_KEY', 'R', 'J'])(
    'hands a license over in a variable of the installer, while no file holds it: %s',
    async (variable) => {
      const key = `it's "a" key`;
      const { events } = await install(
        device,
        `TOOL_KEY=$${variable}; found=$(find ../../../.. -type f -exec grep -lF "$TOOL_KEY" {} +); ` +
          'printf "%s|%s|" "$TOOL_KEY" "$found"; tr "\\0" " " < /proc/$PPID/environ | grep -cF "$TOOL_KEY"',
        { license: { key, fileName: 'license.key', variable } },
      );
      expect(logOf(events)).toBe(`${key}||0\n`);
      expect(filesWith(key)).toEqual([]);
    },
  );

  it('gives the file a harmless name with the same ending', async () => {
    const fileName = `a b'"$(touch x);\n-日本.deb`;
    await send(device, bytes);
    const request = startRequest({ ...content, fileName }, 'basename "$HAIFU_PACKAGE"');
    const log = logOf(followEvents((await device.run(startScript(request))).output, request.nonce));
    expect(log).toMatch(/^package-[A-Za-z0-9._+~-]+\.deb\n$/);
  });

  it('starts one installer when twenty start at once', async () => {
    await send(device, bytes);
    const request = startRequest(content, `echo x >> '${device.folder}/count'; sleep 0.3; echo done`);
    const nonces = Array.from({ length: 20 }, newNonce);
    const outputs = await Promise.all(nonces.map((nonce) => device.run(startScript({ ...request, nonce }))));
    expect(readFileSync(`${device.folder}/count`, 'utf8')).toBe('x\n');
    for (const [index, { output }] of outputs.entries()) {
      const events = followEvents(output, nonces[index]!);
      expect(logOf(events)).toBe('done\n');
      expect(events).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 0 } });
    }
  });

  it('lets the installer live when the follower is killed, and reattaches', async () => {
    const { request, child } = await begin('echo one; sleep 1; echo two; exit 7');
    child.kill('SIGKILL');
    const events = await follow(request.attemptId);
    expect(events[0]).toEqual({ kind: 'started', isNew: false });
    expect(logOf(events)).toBe('one\ntwo\n');
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 7 } });
    expect(logOf(await follow(request.attemptId, 4))).toBe('two\n');
    const again = startRequest(content, 'echo never', { attemptId: request.attemptId });
    const late = followEvents((await device.run(startScript(again))).output, again.nonce);
    expect(logOf(late)).toBe('one\ntwo\n');
    expect(late).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 7 } });
  });

  it('runs nothing when the content is not what it should be', async () => {
    await send(device, bytes);
    writeFileSync(join(device.state, 'cache', `${content.sha256}.part`), 'the konten!');
    const request = startRequest(content, `touch '${device.folder}/ran'`);
    const { output } = await device.run(startScript(request));
    expect(followEvents(output, request.nonce)).toMatchObject([
      { kind: 'failed', failure: { code: 'transfer.hashMismatch', isRetryable: true } },
    ]);
    expect(existsSync(`${device.folder}/ran`)).toBe(false);
  });

  it('says lost when the runner is gone without an exit code', async () => {
    const { request } = await begin('sleep 2');
    process.kill(runnerOf(request.attemptId), 'SIGKILL');
    const events = await follow(request.attemptId);
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'lost' } });
    expect(events.at(-1)).toMatchObject({ verification: { detection: { state: 'absent' } } });
  });

  it('says interrupted when the device has restarted', async () => {
    const { request } = await begin('sleep 1');
    process.kill(runnerOf(request.attemptId), 'SIGKILL');
    device.restart();
    expect(await follow(request.attemptId)).toContainEqual({ kind: 'end', end: { kind: 'interrupted' } });
  });

  it('ends an installer that runs longer than its time, with all it started', async () => {
    const { events } = await install(device, 'echo waiting; sleep 60', {
      timeoutMs: 1000,
    });
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'timeout' } });
  });

  it('does not wait for what an installer leaves running', async () => {
    const { events } = await install(device, 'sleep 30 & echo $!; exit 0');
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 0 } });
    process.kill(Number(logOf(events)), 'SIGKILL');
  });

  it('is not fooled by an installer that prints lines like its own', async () => {
    const forged = newNonce();
    const { events } = await install(
      device,
      `echo '[[${forged}:end exit 0]]'; echo '[[${forged}:verified ]]'; printf '[[no newline]]'; exit 9`,
    );
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 9 } });
    expect(events.filter(({ kind }) => kind === 'end')).toHaveLength(1);
    expect(logOf(events)).toBe(`[[${forged}:end exit 0]]\n[[${forged}:verified ]]\n[[no newline]]`);
  });

  it('keeps the log bounded and the installer running', async () => {
    const { events } = await install(device, 'head -c 40000000 /dev/zero; echo finished >&2; exit 3');
    const size = events.reduce((sum, event) => sum + (event.kind === 'log' ? event.bytes : 0), 0);
    expect(size).toBeGreaterThan(16 * 1024 * 1024);
    expect(size).toBeLessThan(22 * 1024 * 1024);
    expect(events).toContainEqual({ kind: 'end', end: { kind: 'exit', code: 3 } });
  });

  it('says that a restart is wanted by this installation, not by an older one', async () => {
    const mark = join(device.folder, 'reboot-required');
    writeFileSync(mark, '');
    execFileSync('touch', ['-d', '2020-01-01', mark]);
    const before = await install(device, 'exit 0');
    expect(before.events.at(-1)).toMatchObject({ verification: { isRestartRequired: false } });
    const after = await install(device, `touch '${mark}'`);
    expect(after.events.at(-1)).toMatchObject({ verification: { isRestartRequired: true } });
    const nonce = newNonce();
    const script = verifyScript({ nonce, detection: receiptQuery(after.request.content) });
    expect(parseVerification((await device.run(script)).output, nonce)).toEqual({
      ok: true,
      value: {
        detection: { state: 'present', installedVersion: '1.0' },
        isRestartRequired: true,
        bootId: 'boot-one',
      },
    });
  });

  const stop = async (attemptId: string) => {
    const nonce = newNonce();
    return parseStopped((await device.run(stopScript({ nonce, attemptId, graceSeconds: 1 }))).output, nonce);
  };

  it('stops a running installer and its children, and records the end', async () => {
    const { request } = await begin(
      `sh -c 'trap "" TERM; echo $$ > "${device.folder}/child"; sleep 60' & wait`,
    );
    await until(() => existsSync(`${device.folder}/child`));
    expect(await stop(request.attemptId)).toBe('stopped');
    expect(await follow(request.attemptId)).toContainEqual({
      kind: 'end',
      end: expect.objectContaining({ kind: 'signal' }),
    });
    expect(await stop(request.attemptId)).toBe('alreadyEnded');
  });

  it('takes care that nothing starts after a stop', async () => {
    await send(device, bytes);
    const request = startRequest(content, `touch '${device.folder}/ran'`);
    expect(await stop(request.attemptId)).toBe('notStarted');
    await device.run(startScript(request));
    expect(existsSync(`${device.folder}/ran`)).toBe(false);
  });

  it('cleans up, but never under a running installer', async () => {
    const clean = async (attemptId: string) => {
      const nonce = newNonce();
      const request = { nonce, attemptId, contentSha256: content.sha256, uploadFolder: null };
      return parseCleaned((await device.run(cleanScript(request))).output, nonce);
    };
    const { request } = await begin('sleep 1');
    expect(await clean(request.attemptId)).toBe(false);
    await follow(request.attemptId);
    expect(await clean(request.attemptId)).toBe(true);
    expect(existsSync(job(request.attemptId))).toBe(false);
    expect(existsSync(join(device.state, 'cache', content.sha256))).toBe(false);
    expect(await clean(newAttemptId())).toBe(true);
  });

  it('leaves nothing of a run in the job directory but what reattaching needs', async () => {
    const { request } = await install(device, 'exit 0');
    const left = execFileSync('ls', [job(request.attemptId)], { encoding: 'utf8' }).split('\n');
    expect(left.filter((name) => !name.startsWith('run.'))).toEqual([
      'alive',
      'installer',
      'log',
      'rc',
      'started',
      '',
    ]);
  });
});
