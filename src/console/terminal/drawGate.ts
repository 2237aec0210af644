/**
 * Draws no faster than the terminal takes it. A terminal that stops reading (a paused tmux, a stalled line) gets no
 * further frame until it has taken the one before; over a slow line, where megabytes fit between program and
 * terminal, a background frame also waits until the terminal has shown the one before. It is asked for its state
 * (DSR, `CSI 5 n`) after such a frame and answers `CSI 0 n` when it has come so far.
 */
export interface DrawGate {
  /** Something changed: `listener`s are told as soon as the terminal can have a frame. Keys are urgent. */
  changed(isUrgent: boolean): void;
  subscribe(listener: () => void): () => void;
  /** A frame was handed to the output. */
  frameDrawn(): void;
  /** What came from the terminal, answers among it. */
  received(text: string): void;
  /** Resolves when no answer is outstanding (it would stand in the shell's line) or after `limitMs`. */
  settled(limitMs: number): Promise<void>;
  stop(): void;
}

/** What the gate needs of a `tty.WriteStream` that does not block. */
export interface PacedOutput {
  /** Bytes that the terminal has not taken yet. */
  readonly writableLength: number;
  readonly bytesWritten: number;
  write(text: string, onTaken?: () => void): boolean;
}

const question = '\u{1B}[5n';
const answer = '\u{1B}[0n';
/** A terminal that never answered is not waited for longer than this, and after two times not asked again. */
const firstAnswerMs = 500;
const answerMs = 2000;
/** Keys draw ahead of the terminal by at most this much, and it is asked at least this often. */
const mostUnseenBytes = 16 * 1024;
const askEveryBytes = 4 * 1024;

export function createDrawGate(output: PacedOutput): DrawGate {
  const listeners = new Set<() => void>();
  const settling = new Set<() => void>();
  /** By question that is not answered yet: how much was written before it. */
  let asked: number[] = [];
  let seenBytes = output.bytesWritten;
  let wanted: 'nothing' | 'background' | 'urgent' = 'nothing';
  let isQuestionDue = false;
  let isWaitingForOutput = false;
  let hasAnswered = false;
  let misses = 0;
  let timer: NodeJS.Timeout | null = null;
  let tail = '';
  let isStopped = false;

  const isDeaf = () => !hasAnswered && misses >= 2;
  const isSeen = () =>
    wanted === 'urgent' ? output.bytesWritten - seenBytes <= mostUnseenBytes : asked.length === 0;

  const step = () => {
    if (wanted === 'nothing' || isWaitingForOutput || isStopped) return;
    if (output.writableLength > 0) {
      isWaitingForOutput = true;
      output.write('', () => {
        isWaitingForOutput = false;
        step();
      });
      return;
    }
    if (asked.length > 0 && !isSeen()) return;
    isQuestionDue ||= wanted === 'background';
    wanted = 'nothing';
    for (const listener of [...listeners]) listener();
  };
  const arm = () => {
    if (timer !== null) clearTimeout(timer);
    timer = asked.length === 0 ? null : setTimeout(missed, hasAnswered ? answerMs : firstAnswerMs);
  };
  const settle = () => {
    if (asked.length > 0) return;
    for (const resolve of settling) resolve();
    settling.clear();
  };
  const forget = () => {
    asked = [];
    seenBytes = output.bytesWritten;
    settle();
  };
  const missed = () => {
    timer = null;
    // It has not even taken the question.
    if (output.writableLength > 0) return arm();
    misses += 1;
    forget();
    step();
  };

  return {
    changed(isUrgent) {
      if (isUrgent || wanted === 'nothing') wanted = isUrgent ? 'urgent' : 'background';
      step();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    frameDrawn() {
      const lastAsked = asked.at(-1) ?? seenBytes;
      const isMuch = output.bytesWritten - lastAsked >= askEveryBytes;
      if (isStopped || isDeaf() || !(isQuestionDue || isMuch)) return;
      isQuestionDue = false;
      asked.push(output.bytesWritten);
      output.write(question);
      if (timer === null) arm();
    },
    received(text) {
      const all = tail + text;
      const parts = all.split(answer);
      // An answer may come in two pieces.
      tail = parts.at(-1)!.slice(-(answer.length - 1));
      if (parts.length === 1 || asked.length === 0) return;
      hasAnswered = true;
      const last = asked.splice(0, parts.length - 1).at(-1)!;
      seenBytes = Math.max(seenBytes, last);
      settle();
      arm();
      step();
    },
    settled(limitMs) {
      if (asked.length === 0) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      settling.add(resolve);
      setTimeout(resolve, limitMs).unref();
      return promise;
    },
    stop() {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
      forget();
    },
  };
}
